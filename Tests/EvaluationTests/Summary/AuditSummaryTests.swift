import Evaluation
import Foundation
import Testing

@Suite struct AuditSummaryTests {
  private typealias Estimate = AuditSummary.Estimate

  /// An estimate with an interval of ± `half`.
  private func estimate(
    _ value: Double, _ half: Double, p: Double? = nil, holm: Double? = nil, n: Int = 861
  ) -> AuditSummary.Estimate {
    Estimate(
      estimate: value, interval: .init(value - half, value + half), standardError: half / 1.96,
      p: p, pHolm: holm, n: n)
  }

  private func modality(
    _ name: String, alone: Estimate, adds: Estimate?, detectable: Double? = 0.02
  ) -> AuditSummary.Modality {
    AuditSummary.Modality(
      name: name, featureCount: 10, measuredCount: 861, measuredLabelled: 861,
      information: alone, share: 0.5, adds: adds, detectable: detectable)
  }

  private func summary(
    _ modalities: [AuditSummary.Modality], together: Estimate? = nil,
    clinical: AuditSummary.Clinical? = nil, pairs: [AuditSummary.Pair] = [],
    distillation: [AuditSummary.Distillation] = []
  ) -> AuditSummary {
    AuditSummary(
      cohort: .init(
        name: "c", patients: 861, labelled: 861, unlabelled: 0, classCounts: [400, 461]),
      outcome: .init(label: "subtype"), classes: ["a", "b"],
      design: .init(
        folds: 5, repeats: 3, innerFolds: 5, permutations: 1999, signFlips: 10_000, seed: 1,
        gate: "auto", version: "0"),
      labelEntropy: 0.6931, modalities: modalities,
      together: together ?? estimate(0.5, 0.05, p: 0.0005), clinical: clinical, pairs: pairs,
      distillation: distillation, limits: ["a limit"], notes: ["a note"]
    ).withFindings()
  }

  private var rich: AuditSummary {
    var neighbors = modality(
      "protein, \"rppa\"", alone: estimate(0.3, 0.05, p: 0.0005, holm: 0.001),
      adds: estimate(0.11, 0.065, p: 0.0005, holm: 0.001))
    neighbors.neighbors = .init(components: 5, information: estimate(0.2, 0.1))
    return summary(
      [
        neighbors,
        modality(
          "cnv", alone: estimate(0.2, 0.05, p: 0.001, holm: 0.001),
          adds: estimate(-0.002, 0.01, p: 0.6, holm: 0.6)),
      ],
      clinical: .init(
        columns: ["age"], information: estimate(0.01, 0.02, p: 0.3),
        modalitiesAdd: estimate(0.4, 0.05, p: 0.0001), detectable: 0.03),
      pairs: [
        .init(
          a: "protein, \"rppa\"", b: "cnv", informationA: estimate(0.3, 0.05),
          informationB: estimate(0.2, 0.05), informationBoth: estimate(0.35, 0.05),
          coInformation: estimate(0.15, 0.05))
      ],
      distillation: [
        .init(
          teacher: "cnv", student: "protein, \"rppa\"", teacherStudent: 0.2, studentLabel: 0.3,
          difference: estimate(-0.1, 0.2), probability: 0.2, skill: .nan,
          expectedGain: 0.0125, unlabelled: 60, gate: 0, decision: "no", reason: "because",
          criteria: [.init(rule: "cch", gate: 0.2, decision: "uncertain", reason: nil)])
      ])
  }

  @Test func readsBackToTheSameBytes() throws {
    let bytes = try rich.json()
    let again = try AuditSummary(json: bytes)
    #expect(again == rich)
    #expect(try again.json() == bytes)
    #expect(bytes.last == 0x0A)
  }

  @Test func everyKeyIsThereAndAbsentValuesAreNull() throws {
    let bare = summary([modality("only", alone: .unknown(n: 0), adds: nil, detectable: nil)])
    let object = try #require(
      try JSONSerialization.jsonObject(with: bare.json()) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "format", "cohort", "outcome", "classes", "design", "label_entropy", "modalities",
        "together", "clinical", "pairs", "distillation", "findings", "warnings", "limits", "notes",
      ])
    let text = String(decoding: try bare.json(), as: UTF8.self)
    for key in ["adds", "detectable", "neighbors", "clinical", "p_holm", "folds_file"] {
      #expect(text.contains("\"\(key)\" : null"), "\(key)")
    }
  }

  @Test func anotherFormatIsRefused() throws {
    let text = String(decoding: try rich.json(), as: UTF8.self)
      .replacing("equipoise-audit/1", with: "equipoise-audit/9")
    #expect(throws: DecodingError.self) { try AuditSummary(json: Data(text.utf8)) }
  }

  @Test func tableHasTheNumbersOfTheSummary() throws {
    let lines = rich.csv().split(separator: "\n").map(String.init)
    #expect(lines[0] == "kind,modality,other,quantity,estimate,lower,upper,p,p_holm,n,verdict")
    let adds = try #require(rich.modalities[0].adds)
    let name = "\"protein, \"\"rppa\"\"\""
    let line = "modality,\(name),others,adds,0.11,\(adds.interval?.lower ?? 0),0.175,"
    #expect(lines.contains("\(line)0.0005,0.001,861,above-zero"))
    #expect(
      lines.contains {
        $0.hasPrefix("pair,\(name),cnv,co_information,0.15,") && $0.hasSuffix(",redundant")
      })
    #expect(lines.contains("distillation,cnv,\(name),gate:cch,0.2,,,,,861,uncertain"))
    // Undefined is empty.
    #expect(lines.contains("distillation,cnv,\(name),skill,,,,,,861,"))
    #expect(lines.contains("distillation,cnv,\(name),expected_gain,0.0125,,,,,861,"))
    #expect(lines.contains { $0.hasPrefix("clinical,modalities,clinical,adds,0.4,") })
    #expect(
      Set(
        lines.map {
          $0.replacing(name, with: "x").split(separator: ",", omittingEmptySubsequences: false)
            .count
        }) == [11])
  }

  @Test func valuesThatAreNotFiniteCountAsUndefined() {
    let broken = Estimate(
      estimate: .nan, interval: .init(.infinity, 1), standardError: .infinity, p: .nan, n: 1)
    #expect(broken == Estimate(estimate: nil, n: 1))
  }

  @Test func claimsNeedBothPAndInterval() {
    #expect(estimate(0.1, 0.05, p: 0.01).isAboveZero)
    #expect(!estimate(0.1, 0.05).isAboveZero)
    #expect(!estimate(0.1, 0.05, p: 0.01, holm: 0.06).isAboveZero)
    #expect(!estimate(0.1, 0.15, p: 0.01).isAboveZero)
    #expect(!Estimate(estimate: 0.1, p: 0.01, n: 3).isAboveZero)
  }

  @Test func pairsAreJudgedByTheirInterval() {
    func verdict(_ value: Double) -> AuditSummary.Pair.Verdict {
      AuditSummary.Pair(
        a: "a", b: "b", informationA: estimate(0.3, 0.1), informationB: estimate(0.2, 0.1),
        informationBoth: estimate(0.4, 0.1), coInformation: estimate(value, 0.05)
      ).verdict
    }
    #expect(verdict(0.1) == .redundant)
    #expect(verdict(-0.1) == .synergistic)
    #expect(verdict(0.01) == .notTold)
    let pair = AuditSummary.Pair(
      a: "a", b: "b", informationA: estimate(0.3, 0.1), informationB: estimate(0.2, 0.1),
      informationBoth: estimate(0.4, 0.1), coInformation: estimate(0.1, 0.05))
    #expect(pair.minimumRedundancy == 0.2)
    #expect(abs((pair.minimumSynergy ?? 0) - 0.1) < 1e-15)
  }
}

/// What is said, sentence by sentence.
@Suite struct AuditFindingsTests {
  private typealias Estimate = AuditSummary.Estimate

  private func estimate(
    _ value: Double, _ half: Double, p: Double, n: Int = 861
  ) -> AuditSummary.Estimate {
    Estimate(
      estimate: value, interval: .init(value - half, value + half), p: p, pHolm: p, n: n)
  }

  private func sentences(
    _ modalities: [(String, Estimate, Estimate?)], together: Estimate? = nil
  ) -> [AuditSummary.Finding] {
    AuditSummary(
      cohort: .init(
        name: "c", patients: 861, labelled: 861, unlabelled: 0, classCounts: [400, 461]),
      outcome: .init(label: "subtype"), classes: ["a", "b"],
      design: .init(
        folds: 5, repeats: 3, innerFolds: 5, permutations: 1999, signFlips: 10_000, seed: 1,
        gate: "auto", version: "0"),
      labelEntropy: 1,
      modalities: modalities.map {
        .init(
          name: $0.0, featureCount: 1, measuredCount: 861, measuredLabelled: 861,
          insufficient: $0.1.estimate == nil, information: $0.1, adds: $0.2,
          detectable: $0.2 == nil ? nil : 0.018)
      },
      together: together
        ?? Estimate(estimate: 0.5, interval: .init(0.45, 0.55), p: 0.0005, n: 861)
    ).withFindings().findings
  }

  @Test func whatIsToldAndWhatIsNot() {
    let found = sentences([
      ("cnv", estimate(0.2, 0.05, p: 0.001), estimate(-0.002, 0.01, p: 0.6)),
      ("protein", estimate(0.3, 0.05, p: 0.001), estimate(0.115, 0.065, p: 0.001)),
    ])
    #expect(
      found[0].sentence == "Of subtype, protein adds what the others do not tell; cnv adds nothing "
        + "that is distinguishable from zero.")
    #expect(
      found[1].sentence
        == "All assays together tell at least 0.500 nats [0.450, 0.550] of subtype, "
        + "50\u{202F}% of its entropy of 1.000 nats (p < 0.001).")
    // Claims come first.
    #expect(
      found[2].sentence == "protein adds 0.115 nats [0.050, 0.180] beyond the others (Holm p = "
        + "0.001, 861 patients); alone it tells 0.300 nats [0.250, 0.350] (Holm p = 0.001).")
    #expect(
      found[3].sentence == "cnv adds nothing that is distinguishable from zero beyond the others "
        + "with 861 patients (−0.002 nats [−0.012, 0.008], Holm p = 0.600); alone it tells 0.200 nats "
        + "[0.150, 0.250] (Holm p = 0.001). An addition below 0.018 nats would often have gone "
        + "unseen.")
    #expect(found[4].code == "least-missed" && found[4].modality == "cnv")
    #expect(found[4].sentence.contains("by 0.008 nats at most"))
  }

  @Test func nothingIsToldOfNoise() {
    let nothing = estimate(0.001, 0.01, p: 0.4)
    let found = sentences([("a", nothing, nothing), ("b", nothing, nothing)], together: nothing)
    #expect(
      found[0].sentence == "The assays tell nothing that is distinguishable from zero of subtype.")
    #expect(found.map(\.code) == ["answer", "together", "tells-nothing", "tells-nothing"])
    for finding in found {
      #expect(finding.sentence.contains("nothing that is distinguishable from zero"))
    }
  }

  @Test func associationOfUncertainAmountIsSaidAsSuch() {
    let vague = estimate(0.1, 0.15, p: 0.002)
    let found = sentences([
      ("a", vague, estimate(0.001, 0.01, p: 0.4)),
      ("b", vague, estimate(0.001, 0.02, p: 0.4)),
    ])
    #expect(found[0].sentence.hasPrefix("Together the assays tell of subtype, but none adds"))
    #expect(
      found[2].sentence.contains(
        "alone it goes with subtype (Holm p = 0.002), by an amount that may be near zero"))
  }

  @Test func oneAssayIsComparedWithNothing() {
    let found = sentences([("only", estimate(0.5, 0.05, p: 0.0005), nil)])
    #expect(found.map(\.code) == ["answer", "tells"])
    #expect(found[0].sentence == "only tells something of subtype.")
    let unknown = sentences([("only", .unknown(n: 3), nil)])
    #expect(unknown[0].sentence == "No assay can be judged.")
    #expect(unknown.last?.code == "insufficient")
  }
}
