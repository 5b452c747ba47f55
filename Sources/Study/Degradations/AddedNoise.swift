import Cohort
import LinearAlgebra

/// Noise on every value of a modality, in training and test: x + σ · sd · N(0, 1), sd the feature’s
/// standard deviation over the training side (divisor n - 1). Missing cells stay missing.
package struct AddedNoise: Degradation {
  package static let word = "noise"
  package static let form = "noise:MODALITY=SD"
  package static let kind = RobustnessKind.information

  package let modality: String
  /// σ, > 0.
  package let strength: Double

  package init(_ argument: DegradationArgument) throws(StudyError) {
    modality = argument.modality
    strength = try argument.number(
      AddedNoise.form, upTo: 1e6, "noise in standard deviations, above 0")
  }

  package var value: String? { settingNumber(strength) }
  package var words: String {
    "noise of \(settingNumber(strength)) standard deviations on \(modality)"
  }
  package var level: DegradationLevel? {
    DegradationLevel(value: strength, none: 0, axis: "noise on \(modality), standard deviations")
  }

  package func degraded(_ table: ModalityTable, in fold: DegradedFold) -> ModalityTable {
    var stream = fold.stream(of: self)
    let deviations = AddedNoise.deviations(table.values, rows: fold.trainingRows)
    var values = table.values
    for i in 0..<values.rowCount {
      for j in 0..<values.columnCount {
        values[i, j] += strength * deviations[j] * stream.normal()
      }
    }
    return table.with(values)
  }

  /// Standard deviation of each column over observed cells of some rows; 0 for fewer than two.
  private static func deviations(_ values: Matrix, rows: [Int]) -> [Double] {
    (0..<values.columnCount).map { j in
      let observed = rows.map { values[$0, j] }.filter { !$0.isNaN }
      guard observed.count > 1 else { return 0 }
      let mean = orderedMean(observed)
      let squares = orderedSum(observed.map { ($0 - mean) * ($0 - mean) })
      return (squares / Double(observed.count - 1)).squareRoot()
    }
  }
}
