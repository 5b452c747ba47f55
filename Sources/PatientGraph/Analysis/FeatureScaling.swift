import LinearAlgebra

/// What is done to features before distances are taken.
public enum FeatureScaling: String, CaseIterable, Codable, Hashable, Sendable {
  /// (x − mean)/sd with ddof 1, by feature, over observed cells; features whose cells are
  /// equal, but for rounding, are dropped.
  case zscore
  /// Features as they are.
  case none

  /// Scaled features; those never observed are dropped.
  package func scaled(_ features: Matrix) -> Matrix {
    let n = features.rowCount
    var columns = [[Double]]()
    for j in 0..<features.columnCount {
      let column = features.column(j)
      let observed = column.filter { !$0.isNaN }
      if observed.isEmpty { continue }
      if self == .none {
        columns.append(column)
        continue
      }
      let mean = orderedMean(observed)
      let deviation = standardDeviation(observed, mean: mean)
      guard variesBeyondRounding(observed), deviation > 0 else { continue }
      columns.append(column.map { ($0 - mean) / deviation })
    }
    let flat = columns.flatMap { $0 }
    return Matrix(rows: columns.count, columns: n, values: flat).transposed()
  }
}
