import Cohort

extension ModelPredictions {
  /// What speaks against a prediction.
  public enum Warning: String, Sendable, CaseIterable {
    /// The patient was in the training, by identifier or by measurements: the answer is not one about
    /// a new patient, and is too good.
    case seenInTraining = "seen-in-training"
    /// Values of a modality that the patient has look shifted, or in another unit.
    case shifted
    /// A modality that the patient has lacks features of the model; they count as unmeasured.
    case featuresMissing = "features-missing"
  }

  /// Warnings of each patient.
  static func warnings(
    _ patients: AlignedPatients, _ patterns: [MissingPattern], drift: DriftReport,
    seenRows: Set<Int>
  ) -> [[Warning]] {
    let shifted = Set(drift.modalities.filter(\.isSuspicious).map(\.name))
    let lacking = Set(drift.modalities.filter { $0.missingFeatureCount > 0 }.map(\.name))
    let names = drift.modalities.map(\.name)
    return patterns.enumerated().map { row, pattern in
      let used = Set(names).subtracting(pattern.missing)
      return Warning.allCases.filter { warning in
        switch warning {
        case .seenInTraining: seenRows.contains(row)
        case .shifted: !used.isDisjoint(with: shifted)
        case .featuresMissing: !used.isDisjoint(with: lacking)
        }
      }
    }
  }
}
