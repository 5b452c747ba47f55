extension CohortInspection {
  /// Findings that a reader of a study should know of before trusting its numbers, as (code,
  /// sentence): duplicated patients, covariates or groups that go with the label, labelled patients
  /// unlike the unlabelled, modalities that whole classes lack, features that look like identifiers
  /// or like the label itself.
  package var trustFindings: [(code: String, message: String)] {
    var findings: [(code: String, message: String)] = []
    if !duplicatedPatients.isEmpty {
      let pairs = duplicatedPatients.prefix(3).map { $0.joined(separator: " = ") }
      findings.append(
        (
          "duplicated-patients",
          "Patients identical in every modality may stand in training and test alike: "
            + pairs.joined(separator: "; ") + (duplicatedPatients.count > 3 ? "; …" : "") + "."
        ))
    }
    for association in associations where association.isStrong {
      findings.append(
        (
          "label-association",
          "The \(association.role) \(association.name) goes with the label "
            + "(\(association.measure) \(Self.rounded(association.value)) over "
            + "\(association.patients) patients); part of what is predicted may be that."
        ))
    }
    for difference in labelledVersusUnlabelled {
      let share = abs(difference.measuredLabelled - difference.measuredUnlabelled)
      let shift = difference.largestDifference ?? 0
      guard share > 0.2 || shift > 1 else { continue }
      findings.append(
        (
          "labelled-unlike-unlabelled",
          "In \(difference.modality) labelled and unlabelled patients differ (shares measured "
            + "\(Self.rounded(difference.measuredLabelled)) and "
            + "\(Self.rounded(difference.measuredUnlabelled)), largest difference of means "
            + "\(Self.rounded(shift)) sd)."
        ))
    }
    for finding in measuredByClass {
      findings.append(("measured-by-class", Self.opened(finding.sentence) + "."))
    }
    for modality in modalities {
      for finding in modality.findings where finding.kind != .rawCounts {
        let what =
          finding.kind == .label
          ? "separate the classes without error" : "look like identifiers"
        findings.append(
          (
            "suspicious-features",
            "In \(modality.name), \(finding.count) feature\(finding.count == 1 ? "" : "s") \(what): "
              + finding.examples.prefix(3).joined(separator: ", ") + "."
          ))
      }
    }
    return findings
  }

  private static func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  /// A sentence begins with a capital letter, a modality's name stays as it is.
  private static func opened(_ sentence: String) -> String {
    sentence.hasPrefix("no ") ? "No" + sentence.dropFirst(2) : sentence
  }
}
