import LinearAlgebra

/// Means and variances of columns, summed row by row in one fixed order.
enum ColumnMoments {
  /// Mean of each column; entries must be finite, rows at least one.
  static func means(_ matrix: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: matrix.columnCount)
    matrix.values.withUnsafeBufferPointer { values in
      for i in 0..<matrix.rowCount {
        let row = i * matrix.columnCount
        for j in sums.indices { sums[j] += values[row + j] }
      }
    }
    return sums.map { $0 / Double(matrix.rowCount) }
  }

  /// Variance of each column with divisor n - 1, in a second pass; 0 for a single row.
  static func variances(_ matrix: Matrix, means: [Double]) -> [Double] {
    guard matrix.rowCount > 1 else { return means.map { _ in 0 } }
    var sums = [Double](repeating: 0, count: matrix.columnCount)
    matrix.values.withUnsafeBufferPointer { values in
      for i in 0..<matrix.rowCount {
        let row = i * matrix.columnCount
        for j in sums.indices {
          let deviation = values[row + j] - means[j]
          sums[j] += deviation * deviation
        }
      }
    }
    return sums.map { $0 / Double(matrix.rowCount - 1) }
  }
}
