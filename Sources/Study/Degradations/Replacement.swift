import Cohort

/// A modality replaced by noise, in training and test: every entry of a measured patient is drawn
/// from N(0, 1). Who is measured does not change.
package struct Replacement: Degradation {
  package static let word = "replace"
  package static let form = "replace:MODALITY"
  package static let kind = RobustnessKind.information

  package let modality: String

  package init(_ argument: DegradationArgument) throws(StudyError) {
    modality = argument.modality
    try argument.nothing(Replacement.form)
  }

  package var value: String? { nil }
  package var words: String { "\(modality) replaced by noise" }

  package func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable {
    var stream = fold.stream(of: self)
    var values = table.values
    for i in 0..<values.rowCount {
      for j in 0..<values.columnCount {
        // Drawn for everyone, so that a patient’s noise does not depend on who else is measured.
        let noise = stream.normal()
        if table.isMeasured[i] { values[i, j] = noise }
      }
    }
    return table.with(values)
  }
}
