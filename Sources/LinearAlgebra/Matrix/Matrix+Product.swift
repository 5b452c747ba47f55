import CKernels

#if canImport(Accelerate)
  import Accelerate
#else
  import COpenBLAS
#endif

extension Matrix {
  /// Matrix product through BLAS: op(self) · op(other).
  ///
  /// The fastest product, for fitting. Its rounding of one row may depend on the number of rows:
  /// where a patient's numbers must not depend on the batch, use ``fixedOrderProduct(_:)``.
  ///
  /// - Complexity: O(m·n·k).
  public func product(
    _ other: Matrix, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Matrix {
    var result = Matrix(rows: 0, columns: 0)
    result.setToProduct(
      of: self, and: other, transposingFirst: transposingSelf, transposingSecond: transposingOther)
    return result
  }

  /// Becomes op(first) · op(second) through BLAS; the buffer is kept if it has the right shape.
  ///
  /// - Complexity: O(m·n·k).
  public mutating func setToProduct(
    of first: Matrix, and second: Matrix, transposingFirst: Bool = false,
    transposingSecond: Bool = false
  ) {
    let (m, k) =
      transposingFirst ? (first.columnCount, first.rowCount) : (first.rowCount, first.columnCount)
    let (inner, n) =
      transposingSecond
      ? (second.columnCount, second.rowCount) : (second.rowCount, second.columnCount)
    precondition(k == inner, "inner dimensions must agree: \(k) and \(inner)")
    if rowCount != m || columnCount != n || k == 0 { self = Matrix(rows: m, columns: n) }
    if m == 0 || n == 0 || k == 0 { return }
    BLASThreads.holdToOne()
    values.withUnsafeMutableBufferPointer { target in
      first.values.withUnsafeBufferPointer { a in
        second.values.withUnsafeBufferPointer { b in
          cblas_dgemm(
            CblasRowMajor, transposingFirst ? CblasTrans : CblasNoTrans,
            transposingSecond ? CblasTrans : CblasNoTrans, blasInt(m), blasInt(n), blasInt(k), 1,
            a.baseAddress, blasInt(first.columnCount), b.baseAddress, blasInt(second.columnCount),
            0, target.baseAddress, blasInt(n))
        }
      }
    }
  }

  /// self · selfᵀ (rows × rows), exactly symmetric.
  public func gram() -> Matrix {
    var result = Matrix(rows: rowCount, columns: rowCount)
    if rowCount == 0 || columnCount == 0 { return result }
    BLASThreads.holdToOne()
    result.values.withUnsafeMutableBufferPointer { target in
      values.withUnsafeBufferPointer { a in
        cblas_dsyrk(
          CblasRowMajor, CblasLower, CblasNoTrans, blasInt(rowCount), blasInt(columnCount), 1,
          a.baseAddress, blasInt(columnCount), 0, target.baseAddress, blasInt(rowCount))
      }
    }
    for i in 0..<rowCount {
      for j in 0..<i { result[j, i] = result[i, j] }
    }
    return result
  }

  /// self · other with one running sum over the inner index for each entry, so that a row of the
  /// result has the same bits whatever other rows stand in `self`.
  ///
  /// - Complexity: O(m·n·k), about half of BLAS's speed.
  public func fixedOrderProduct(_ other: Matrix) -> Matrix {
    precondition(columnCount == other.rowCount, "inner dimensions must agree")
    var result = Matrix(rows: rowCount, columns: other.columnCount)
    result.values.withUnsafeMutableBufferPointer { target in
      values.withUnsafeBufferPointer { a in
        other.values.withUnsafeBufferPointer { b in
          guard let out = target.baseAddress, let left = a.baseAddress, let right = b.baseAddress
          else { return }
          eq_fixed_order_product(rowCount, other.columnCount, columnCount, left, right, out)
        }
      }
    }
    return result
  }

  /// self · otherᵀ with a fixed summation tree for each entry; rows are independent of each other
  /// to the bit, as in ``fixedOrderProduct(_:)``.
  public func fixedOrderProduct(transposed other: Matrix) -> Matrix {
    precondition(columnCount == other.columnCount, "inner dimensions must agree")
    var result = Matrix(rows: rowCount, columns: other.rowCount)
    result.values.withUnsafeMutableBufferPointer { target in
      values.withUnsafeBufferPointer { a in
        other.values.withUnsafeBufferPointer { b in
          guard let out = target.baseAddress, let left = a.baseAddress, let right = b.baseAddress
          else { return }
          eq_fixed_order_product_transposed(
            rowCount, other.rowCount, columnCount, left, right, out)
        }
      }
    }
    return result
  }
}
