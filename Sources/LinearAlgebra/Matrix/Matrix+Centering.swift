extension Matrix {
  /// Mean of each column; zeros without rows.
  public func columnMeans() -> [Double] {
    guard rowCount > 0 else { return [Double](repeating: 0, count: columnCount) }
    return (0..<columnCount).map { orderedMean(column($0)) }
  }

  /// Rows less the column means.
  public func centeringColumns() -> Matrix {
    let means = columnMeans()
    var result = self
    for i in 0..<rowCount {
      for j in 0..<columnCount { result[i, j] -= means[j] }
    }
    return result
  }
}
