import Cohort

/// A modality that a share of training patients lack, at random; tested patients have it. A smaller
/// share of a replicate is a subset of a larger one.
package struct TrainingGaps: Degradation {
  package static let word = "gaps"
  package static let form = "gaps:MODALITY=SHARE"
  package static let kind = RobustnessKind.missing

  package let modality: String
  /// Share of the measured training patients, 0 < share < 1.
  package let share: Double

  package init(_ argument: DegradationArgument) throws(StudyError) {
    modality = argument.modality
    share = try argument.number(
      TrainingGaps.form, upTo: 1.0.nextDown, "a share of training patients, between 0 and 1")
  }

  package var value: String? { settingNumber(share) }
  package var words: String {
    "\(modality) missing in \(settingPercent(share)) of training patients"
  }
  package var level: DegradationLevel? {
    DegradationLevel(
      value: share, none: 0, axis: "share of training patients without \(modality)")
  }

  package func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable {
    table.without(
      rows: fold.share(
        share, ofMeasured: fold.trainingRows, isMeasured: table.isMeasured, fold.stream(of: self)))
  }
}
