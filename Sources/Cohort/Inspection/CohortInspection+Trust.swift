extension CohortInspection {
  /// Findings that a reader should know of before trusting numbers: duplicated patients, repeated
  /// subjects, modalities that are dropped, covariates or groups that go with the label, labelled
  /// patients unlike the unlabelled, modalities that whole classes lack, features that look like
  /// identifiers or like the label itself, counts, shares and heavy tails.
  package var trustFindings: [CohortNotice] {
    duplicateFindings + repeatedSubjects.map(\.notice) + dropped.map(\.notice)
      + associationFindings + populationFindings + featureFindings + scaleFindings
  }

  private var duplicateFindings: [CohortNotice] {
    guard !duplicatedPatients.isEmpty else { return [] }
    let pairs = duplicatedPatients.prefix(3).map { $0.joined(separator: " = ") }
    return [
      .warning(
        "duplicated-patients",
        "Patients identical in every modality may be in training and test alike: "
          + pairs.joined(separator: "; ") + (duplicatedPatients.count > 3 ? "; …" : "") + ".",
        remedy: "keep one of each, or give them one group and use --group")
    ]
  }

  private var associationFindings: [CohortNotice] {
    associations.filter(\.isStrong).map { association in
      .warning(
        "label-association",
        "The \(association.role) \(association.name) goes with the label "
          + "(\(association.measure) \(Self.rounded(association.value)) over "
          + "\(association.patients) patients); part of what is predicted may be that.",
        place: association.name)
    }
  }

  private var populationFindings: [CohortNotice] {
    let different = labelledVersusUnlabelled.filter { difference in
      abs(difference.measuredLabelled - difference.measuredUnlabelled) > 0.2
        || (difference.largestDifference ?? 0) > 1
    }
    return different.map { difference in
      .warning(
        "labelled-unlike-unlabelled",
        "Labelled and unlabelled patients differ (shares measured "
          + "\(Self.rounded(difference.measuredLabelled)) and "
          + "\(Self.rounded(difference.measuredUnlabelled)), largest difference of means "
          + "\(Self.rounded(difference.largestDifference ?? 0)) sd).",
        place: difference.modality)
    }
      + measuredByClass.map { finding in
        .warning(
          "measured-by-class", Self.opened(finding.sentence) + ".")
      }
  }

  private var featureFindings: [CohortNotice] {
    modalities.flatMap { modality in
      modality.findings.filter { $0.kind != .rawCounts }.map { finding in
        let what =
          finding.kind == .label
          ? "separate the classes without error" : "look like identifiers"
        return .warning(
          "suspicious-features",
          "\(finding.count) feature\(finding.count == 1 ? "" : "s") \(what): "
            + finding.examples.prefix(3).joined(separator: ", ") + ".",
          place: modality.name,
          remedy:
            "leave out what is not a measurement: columns: {\(modality.name): {NAME: ignore}} "
            + "in cohort.yaml")
      }
    }
  }

  private var scaleFindings: [CohortNotice] { modalities.compactMap(\.scaleNotice) }

  private static func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  /// A sentence begins with a capital letter, a modality's name stays as it is.
  private static func opened(_ sentence: String) -> String {
    sentence.hasPrefix("no ") ? "No" + sentence.dropFirst(2) : sentence
  }
}
