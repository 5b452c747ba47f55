extension Matrix {
  /// Applies `transform` to every entry.
  @inlinable
  public func mapValues(_ transform: (Double) throws -> Double) rethrows -> Matrix {
    Matrix(rows: rowCount, columns: columnCount, values: try values.map(transform))
  }

  /// Entrywise sum; the shapes must agree.
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    var result = a
    result.add(b)
    return result
  }

  /// Entrywise difference; the shapes must agree.
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    var result = a
    result.add(b, times: -1)
    return result
  }

  /// Product with a scalar.
  public static func * (factor: Double, a: Matrix) -> Matrix {
    a.mapValues { factor * $0 }
  }

  /// Adds `factor * other` in place; the shapes must agree.
  public mutating func add(_ other: Matrix, times factor: Double = 1) {
    precondition(
      rowCount == other.rowCount && columnCount == other.columnCount, "shapes must agree")
    values.withUnsafeMutableBufferPointer { target in
      other.values.withUnsafeBufferPointer { source in
        for i in 0..<target.count { target[i] += factor * source[i] }
      }
    }
  }

  /// Multiplies every entry in place.
  public mutating func scale(by factor: Double) {
    values.withUnsafeMutableBufferPointer { target in
      for i in 0..<target.count { target[i] *= factor }
    }
  }

  /// (A + Aᵀ)/2 of a square matrix.
  public func symmetrized() -> Matrix {
    precondition(rowCount == columnCount, "only a square matrix can be symmetrized")
    var result = self
    for i in 0..<rowCount {
      for j in 0..<i {
        let mean = (self[i, j] + self[j, i]) / 2
        result[i, j] = mean
        result[j, i] = mean
      }
    }
    return result
  }

  /// Sum of each row, left to right.
  public func rowSums() -> [Double] {
    (0..<rowCount).map { i in row(i).reduce(0, +) }
  }

  /// Frobenius norm.
  public var frobeniusNorm: Double {
    orderedSum(values.map { $0 * $0 }).squareRoot()
  }

  /// Largest absolute entry of the difference; the shapes must agree.
  public func maximumDifference(from other: Matrix) -> Double {
    precondition(
      rowCount == other.rowCount && columnCount == other.columnCount, "shapes must agree")
    var largest = 0.0
    for (a, b) in zip(values, other.values) {
      let difference = abs(a - b)
      if difference.isNaN { return .nan }
      largest = max(largest, difference)
    }
    return largest
  }
}
