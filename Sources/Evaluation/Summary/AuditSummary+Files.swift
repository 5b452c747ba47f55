import Foundation

extension AuditSummary {
  /// The bytes of `audit.json`: keys sorted, numbers in shortest round-trip form, a final newline.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var data = try encoder.encode(self)
    data.append(0x0A)
    return data
  }

  /// Reads `audit.json`; keys it does not know are passed over.
  ///
  /// - Throws: `DecodingError` naming the key that is absent or of the wrong type, or the format.
  public init(json data: Data) throws {
    self = try JSONDecoder().decode(AuditSummary.self, from: data)
    guard format == AuditSummary.currentFormat else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [CodingKeys.format], debugDescription: "format \(format)"))
    }
  }

  /// The text of `audit.csv`, tidy: one line a quantity.
  ///
  /// Numbers are those of `audit.json`; what is undefined is empty.
  public func csv() -> String {
    var rows = AuditRows()
    for modality in modalities {
      let name = modality.name
      rows.add(
        "modality", name, "", "information", modality.information,
        verdict: modality.insufficient ? "insufficient" : told(modality.information))
      rows.add("modality", name, "", "share", modality.share, n: modality.information.n)
      if let adds = modality.adds {
        rows.add("modality", name, "others", "adds", adds, verdict: told(adds))
        rows.add("modality", name, "others", "detectable", modality.detectable, n: adds.n)
      }
      if let check = modality.neighbors {
        rows.add("modality", name, "", "neighbor_information", check.information)
      }
    }
    rows.add("together", "", "", "information", together, verdict: told(together))
    rows.add("together", "", "", "label_entropy", labelEntropy, n: cohort.labelled)
    if let clinical {
      rows.add(
        "clinical", "clinical", "", "information", clinical.information,
        verdict: told(clinical.information))
      rows.add(
        "clinical", "modalities", "clinical", "adds", clinical.modalitiesAdd,
        verdict: told(clinical.modalitiesAdd))
      rows.add(
        "clinical", "modalities", "clinical", "detectable", clinical.detectable,
        n: clinical.modalitiesAdd.n)
    }
    for pair in pairs {
      let (a, b, n) = (pair.a, pair.b, pair.coInformation.n)
      rows.add("pair", a, b, "information_first", pair.informationA)
      rows.add("pair", a, b, "information_second", pair.informationB)
      rows.add("pair", a, b, "information_both", pair.informationBoth)
      rows.add(
        "pair", a, b, "co_information", pair.coInformation, verdict: pair.verdict.rawValue)
      rows.add("pair", a, b, "minimum_mi_redundancy", pair.minimumRedundancy, n: n)
      rows.add("pair", a, b, "minimum_mi_synergy", pair.minimumSynergy, n: n)
    }
    for pair in distillation {
      let (t, s, n) = (pair.teacher, pair.student, pair.difference.n)
      rows.add("distillation", t, s, "mi_teacher_student", pair.teacherStudent, n: n)
      rows.add("distillation", t, s, "mi_student_label", pair.studentLabel, n: n)
      rows.add("distillation", t, s, "difference", pair.difference)
      rows.add("distillation", t, s, "probability", pair.probability, n: n)
      rows.add("distillation", t, s, "skill", pair.skill, n: n)
      rows.add("distillation", t, s, "expected_gain", pair.expectedGain, n: n)
      for criterion in pair.criteria {
        rows.add(
          "distillation", t, s, "gate:\(criterion.rule)", criterion.gate, n: n,
          verdict: criterion.decision)
      }
    }
    return rows.text
  }

  private func told(_ estimate: Estimate) -> String {
    estimate.isAboveZero ? "above-zero" : "not-told"
  }
}

/// Lines of `audit.csv`.
private struct AuditRows {
  var text = "kind,modality,other,quantity,estimate,lower,upper,p,p_holm,n,verdict\n"

  mutating func add(
    _ kind: String, _ modality: String, _ other: String, _ quantity: String,
    _ estimate: AuditSummary.Estimate, verdict: String = ""
  ) {
    let numbers = [
      estimate.estimate, estimate.interval?.lower, estimate.interval?.upper, estimate.p,
      estimate.pHolm,
    ].map(csvNumber)
    let fields =
      [kind, modality, other, quantity].map(csvField) + numbers + ["\(estimate.n)", verdict]
    text += fields.joined(separator: ",") + "\n"
  }

  mutating func add(
    _ kind: String, _ modality: String, _ other: String, _ quantity: String, _ value: Double?,
    n: Int, verdict: String = ""
  ) {
    add(
      kind, modality, other, quantity, AuditSummary.Estimate(estimate: value, n: n),
      verdict: verdict)
  }
}
