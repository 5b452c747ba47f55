import CKernels

/// A sparse matrix in compressed sparse row form; columns ascend within a row.
public struct SparseMatrix: Equatable, Sendable {
  /// Number of rows.
  public let rowCount: Int
  /// Number of columns.
  public let columnCount: Int
  /// Start of each row in ``columns`` and ``weights``; `rowCount + 1` entries.
  public let rowOffsets: [Int]
  /// Column index of each stored entry.
  public let columns: [Int32]
  /// Value of each stored entry.
  public let weights: [Double]

  /// A matrix from the entries of each row, as (column, weight) in any order; columns are sorted,
  /// and must not repeat within a row.
  public init(rows: [[(column: Int, weight: Double)]], columnCount: Int) {
    var offsets = [0]
    var indices = [Int32]()
    var values = [Double]()
    offsets.reserveCapacity(rows.count + 1)
    for row in rows {
      let sorted = row.sorted { $0.column < $1.column }
      var previous = -1
      for entry in sorted {
        precondition(
          entry.column > previous && entry.column < columnCount, "columns must be unique")
        previous = entry.column
        indices.append(Int32(entry.column))
        values.append(entry.weight)
      }
      offsets.append(indices.count)
    }
    rowCount = rows.count
    self.columnCount = columnCount
    rowOffsets = offsets
    columns = indices
    weights = values
  }

  /// Number of stored entries.
  public var storedCount: Int { columns.count }

  /// Stored entries of row `i` as (column, weight), columns ascending.
  public func row(_ i: Int) -> [(column: Int, weight: Double)] {
    (rowOffsets[i]..<rowOffsets[i + 1]).map { (Int(columns[$0]), weights[$0]) }
  }

  /// The same matrix, dense.
  public func dense() -> Matrix {
    var result = Matrix(rows: rowCount, columns: columnCount)
    for i in 0..<rowCount {
      for p in rowOffsets[i]..<rowOffsets[i + 1] { result[i, Int(columns[p])] = weights[p] }
    }
    return result
  }

  /// Sparse × dense; each row of the result depends on its own stored entries alone, to the bit.
  ///
  /// - Complexity: O(stored entries × columns of `dense`).
  public func product(_ dense: Matrix) -> Matrix {
    precondition(columnCount == dense.rowCount, "inner dimensions must agree")
    var result = Matrix(rows: rowCount, columns: dense.columnCount)
    result.values.withUnsafeMutableBufferPointer { target in
      dense.values.withUnsafeBufferPointer { b in
        guard let out = target.baseAddress, let right = b.baseAddress else { return }
        rowOffsets.withUnsafeBufferPointer { offsets in
          columns.withUnsafeBufferPointer { indices in
            weights.withUnsafeBufferPointer { factors in
              guard let starts = offsets.baseAddress, let cols = indices.baseAddress,
                let values = factors.baseAddress
              else { return }
              eq_sparse_product(rowCount, dense.columnCount, starts, cols, values, right, out)
            }
          }
        }
      }
    }
    return result
  }

  /// The transpose.
  public func transposed() -> SparseMatrix {
    var rows = [[(column: Int, weight: Double)]](repeating: [], count: columnCount)
    for i in 0..<rowCount {
      for p in rowOffsets[i]..<rowOffsets[i + 1] {
        rows[Int(columns[p])].append((i, weights[p]))
      }
    }
    return SparseMatrix(rows: rows, columnCount: rowCount)
  }
}
