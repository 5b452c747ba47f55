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

  /// Standard deviation of each column with divisor n - 1, in a second pass; 0 for a single row.
  ///
  /// Very large or small deviations are scaled by a power of two before they are squared, so that
  /// a change of unit by a power of two changes no digit.
  static func standardDeviations(_ matrix: Matrix, means: [Double]) -> [Double] {
    guard matrix.rowCount > 1 else { return means.map { _ in 0 } }
    let scales = squaringScales(matrix, means: means)
    var sums = [Double](repeating: 0, count: matrix.columnCount)
    matrix.values.withUnsafeBufferPointer { values in
      for i in 0..<matrix.rowCount {
        let row = i * matrix.columnCount
        for j in sums.indices {
          let deviation = (values[row + j] - means[j]) * scales[j]
          sums[j] += deviation * deviation
        }
      }
    }
    return sums.indices.map { j in
      (sums[j] / Double(matrix.rowCount - 1)).squareRoot() / scales[j]
    }
  }

  private static func squaringScales(_ matrix: Matrix, means: [Double]) -> [Double] {
    var largest = [Double](repeating: 0, count: matrix.columnCount)
    matrix.values.withUnsafeBufferPointer { values in
      for i in 0..<matrix.rowCount {
        let row = i * matrix.columnCount
        for j in largest.indices {
          largest[j] = max(largest[j], abs(values[row + j] - means[j]))
        }
      }
    }
    return largest.map(squaringScale)
  }

  /// Columns of which observed cells (not NaN) differ by more than rounding, ascending.
  static func varyingColumns(_ matrix: Matrix) -> [Int] {
    var low = [Double](repeating: .infinity, count: matrix.columnCount)
    var high = [Double](repeating: -.infinity, count: matrix.columnCount)
    matrix.values.withUnsafeBufferPointer { values in
      for i in 0..<matrix.rowCount {
        let row = i * matrix.columnCount
        for j in low.indices {
          // A comparison with NaN is false, so a gap changes neither bound.
          if values[row + j] < low[j] { low[j] = values[row + j] }
          if values[row + j] > high[j] { high[j] = values[row + j] }
        }
      }
    }
    return low.indices.filter {
      low[$0] <= high[$0] && variesBeyondRounding(from: low[$0], to: high[$0])
    }
  }
}
