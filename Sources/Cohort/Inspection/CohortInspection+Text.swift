import Foundation

extension CohortInspection {
  /// The inspection for a terminal, one line each, without colour.
  public var lines: [String] {
    headerLines + modalityLines + warningLines + notices
  }

  private var headerLines: [String] {
    var lines = ["cohort: \(cohort)"]
    if let title { lines.append("title: \(title)") }
    if let source { lines.append("source: \(source)") }
    if let licence { lines.append("licence: \(licence)") }
    lines.append(
      "patients: \(patients), of these \(complete) with all modalities, "
        + "\(withoutModality) with none")
    if let outcome {
      let counts = classes.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
      lines.append("label: \(outcome), \(labelled) labelled (\(counts)), \(unlabelled) unlabelled")
    } else {
      lines.append("label: none")
    }
    if let groups { lines.append("groups: \(groups)") }
    for covariate in covariates {
      lines.append(
        "covariate \(covariate.name): \(covariate.kind), \(covariate.observed) patients, "
          + "\(covariate.distinct) distinct values")
    }
    return lines
  }

  private var modalityLines: [String] {
    modalities.flatMap { modality in
      var lines = [
        "modality \(modality.name): \(modality.features) features, \(modality.measured) patients"
          + (modality.missingRows > 0 ? " (\(modality.missingRows) without)" : "")
          + (modality.missingCells > 0
            ? ", \(modality.missingCells) cells missing in \(modality.featuresWithGaps) features"
            : "") + Self.range(modality)
      ]
      let counts = [
        (modality.sparseFeatures, "features observed in fewer than half of the patients"),
        (modality.constantFeatures, "constant features"),
        (modality.repeatedRows, "patients whose values repeat another's"),
        (
          modality.duplicatedFeatures.reduce(0) { $0 + $1.count - 1 },
          "features that repeat another"
        ),
      ]
      for (count, what) in counts where count > 0 { lines.append("  \(count) \(what)") }
      if let offer = modality.scaleOffer { lines.append("  \(offer)") }
      for finding in modality.findings { lines.append("  " + Self.sentence(finding)) }
      return lines
    }
  }

  private var warningLines: [String] {
    var lines = [String]()
    if !labelDerivedFrom.isEmpty {
      lines.append(
        "warning: the label was derived from \(labelDerivedFrom.joined(separator: ", ")), "
          + "which are favoured by construction")
    }
    if !duplicatedPatients.isEmpty {
      let pairs = duplicatedPatients.prefix(5).map { $0.joined(separator: " = ") }
      lines.append(
        "warning: patients identical in every modality, \(duplicatedPatients.count) groups: "
          + pairs.joined(separator: "; "))
    }
    for finding in repeatedSubjects { lines.append("warning: \(finding.notice.line)") }
    for modality in dropped { lines.append("warning: \(modality.notice.line)") }
    for finding in measuredByClass { lines.append("warning: \(finding.sentence)") }
    for difference in labelledVersusUnlabelled {
      lines.append(
        "labelled against unlabelled, \(difference.modality): measured "
          + "\(Self.percent(difference.measuredLabelled)) against "
          + Self.percent(difference.measuredUnlabelled)
          + (difference.largestDifference.map {
            ", largest difference of means \(Self.short($0)) sd (\(difference.feature ?? ""))"
          } ?? ""))
    }
    for association in associations {
      lines.append(
        (association.isStrong ? "warning: " : "")
          + "\(association.role) \(association.name) goes with the label: \(association.measure) "
          + "\(Self.short(association.value)) over \(association.patients) patients")
    }
    return lines
  }

  private static func sentence(_ finding: ModalityInspection.Finding) -> String {
    let names = finding.examples.joined(separator: ", ") + (finding.count > 5 ? ", …" : "")
    let what =
      switch finding.kind {
      case .rawCounts: "look like raw counts; consider the transform log1p"
      case .identifier: "look like identifiers"
      case .label: "separate the classes without error; check that they are not the label"
      }
    return "warning: \(finding.count) features \(what): \(names)"
  }

  private static func range(_ modality: ModalityInspection) -> String {
    guard let minimum = modality.minimum, let maximum = modality.maximum else { return "" }
    return ", values \(short(minimum)) to \(short(maximum))"
  }

  /// Three decimals at most, but never fewer than three significant digits; the same in every locale.
  static func short(_ value: Double) -> String {
    guard abs(value) < 1e12 else { return "\(value)" }
    guard value != 0, abs(value) < 0.1 else {
      let rounded = (value * 1000).rounded() / 1000
      return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
    // The shortest text of the number nearest to three digits: 0.0123, 2.13e-07.
    let text = String(format: "%.2e", value)
    return Double(text).map { "\($0)" } ?? text
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
