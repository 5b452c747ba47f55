extension Matrix {
  /// The rows at `indices`, in that order (repeats allowed).
  public func selecting(rows indices: [Int]) -> Matrix {
    var result = [Double]()
    result.reserveCapacity(indices.count * columnCount)
    for i in indices { result.append(contentsOf: row(i)) }
    return Matrix(rows: indices.count, columns: columnCount, values: result)
  }

  /// The columns at `indices`, in that order (repeats allowed).
  public func selecting(columns indices: [Int]) -> Matrix {
    var result = Matrix(rows: rowCount, columns: indices.count)
    for i in 0..<rowCount {
      for (position, j) in indices.enumerated() { result[i, position] = self[i, j] }
    }
    return result
  }

  /// The transpose, columns × rows.
  public func transposed() -> Matrix {
    var result = Matrix(rows: columnCount, columns: rowCount)
    let (m, n) = (rowCount, columnCount)
    values.withUnsafeBufferPointer { source in
      result.values.withUnsafeMutableBufferPointer { target in
        // Blocks keep both sides within the cache.
        for rowStart in stride(from: 0, to: m, by: 32) {
          for columnStart in stride(from: 0, to: n, by: 32) {
            for i in rowStart..<min(rowStart + 32, m) {
              for j in columnStart..<min(columnStart + 32, n) {
                target[j &* m &+ i] = source[i &* n &+ j]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Blocks of equal row count side by side.
  public static func horizontal(_ blocks: [Matrix]) -> Matrix {
    let rows = blocks.first?.rowCount ?? 0
    precondition(blocks.allSatisfy { $0.rowCount == rows }, "blocks must have one row count")
    var result = [Double]()
    result.reserveCapacity(rows * blocks.reduce(0) { $0 + $1.columnCount })
    for i in 0..<rows {
      for block in blocks { result.append(contentsOf: block.row(i)) }
    }
    return Matrix(
      rows: rows, columns: blocks.reduce(0) { $0 + $1.columnCount }, values: result)
  }

  /// Blocks of equal column count below each other.
  public static func vertical(_ blocks: [Matrix]) -> Matrix {
    let columns = blocks.first?.columnCount ?? 0
    precondition(
      blocks.allSatisfy { $0.columnCount == columns }, "blocks must have one column count")
    return Matrix(
      rows: blocks.reduce(0) { $0 + $1.rowCount }, columns: columns,
      values: blocks.flatMap { $0.values })
  }
}
