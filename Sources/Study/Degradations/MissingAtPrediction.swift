import Cohort

/// A modality that tested patients lack; training has it.
package struct MissingAtPrediction: Degradation {
  package static let word = "missing"
  package static let form = "missing:MODALITY"
  package static let kind = RobustnessKind.missing

  package let modality: String

  package init(_ argument: DegradationArgument) throws(StudyError) {
    modality = argument.modality
    try argument.nothing(MissingAtPrediction.form)
  }

  package var value: String? { nil }
  package var words: String { "\(modality) missing in tested patients" }
  package var changesTraining: Bool { false }

  package func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable {
    table.without(rows: fold.testRows)
  }
}
