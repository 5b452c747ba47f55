import LinearAlgebra

/// Matrix product by the definition.
public func naiveProduct(_ a: Matrix, _ b: Matrix) -> Matrix {
  var result = Matrix(rows: a.rowCount, columns: b.columnCount)
  for i in 0..<a.rowCount {
    for j in 0..<b.columnCount {
      for k in 0..<a.columnCount { result[i, j] += a[i, k] * b[k, j] }
    }
  }
  return result
}
