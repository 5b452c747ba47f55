import Cohort

/// A modality that all training patients of a class lack, also where the study hides their label;
/// tested patients have it, whatever their class. So the gap tells of the class in training, and of
/// nothing in test.
package struct ClassGaps: Degradation {
  package static let word = "class-gaps"
  package static let form = "class-gaps:MODALITY=CLASS"
  package static let kind = RobustnessKind.missing

  package let modality: String
  /// Name of the class.
  package let className: String

  package init(_ argument: DegradationArgument) throws(StudyError) {
    modality = argument.modality
    className = try argument.className(ClassGaps.form)
  }

  package var value: String? { className }
  package var words: String { "\(modality) missing in training patients of class \(className)" }

  package func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable {
    let rows = zip(fold.trainingRows, fold.trainingLabels).filter { _, label in
      label >= 0 && fold.classes[label] == className
    }
    return table.without(rows: rows.map(\.0))
  }
}
