import Cohort
import LinearAlgebra

extension ModalityTable {
  /// The same features with other values.
  func with(_ values: Matrix) -> ModalityTable {
    ModalityTable(name: name, featureNames: featureNames, values: values)
  }

  /// The table with some patients not measured.
  func without(rows: [Int]) -> ModalityTable {
    var values = values
    let gap = [Double](repeating: .nan, count: featureCount)
    for row in rows { values.setRow(row, gap) }
    return with(values)
  }
}
