import Cohort
import LinearAlgebra

/// Some features of a modality kept, at random, in training and test; the others are gone. Fewer
/// features of a replicate are a subset of more.
package struct FeatureLoss: Degradation {
  package static let word = "features"
  package static let form = "features:MODALITY=COUNT"
  package static let kind = RobustnessKind.information

  package let modality: String
  /// Features kept, ≥ 1.
  package let count: Int
  private let featureCount: Int

  package init(_ argument: DegradationArgument) throws(StudyError) {
    modality = argument.modality
    featureCount = argument.featureCount
    count = try argument.featureCount(FeatureLoss.form)
  }

  package var value: String? { count.description }
  package var words: String { "\(count) random features of \(modality)" }
  package var level: DegradationLevel? {
    DegradationLevel(
      value: Double(count), none: Double(featureCount), axis: "features of \(modality)",
      isLogarithmic: true)
  }

  package func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable {
    var stream = fold.stream(of: self)
    let kept = stream.permutation(table.featureCount).prefix(count).sorted()
    return ModalityTable(
      name: table.name, featureNames: kept.map { table.featureNames[$0] },
      values: table.values.selecting(columns: kept))
  }
}
