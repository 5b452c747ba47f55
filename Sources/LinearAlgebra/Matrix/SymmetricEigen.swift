#if canImport(Accelerate)
  import Accelerate
#else
  import COpenBLAS
#endif

/// Eigenvalues and eigenvectors of a symmetric matrix, through LAPACK `dsyevd`.
public struct SymmetricEigen: Sendable {
  /// Eigenvalues in ascending order.
  public let values: [Double]
  /// Eigenvectors as columns, in the order of ``values``; the sign of each is fixed so that its
  /// entry of largest magnitude (the first on ties) is positive.
  public let vectors: Matrix

  /// Decomposes a symmetric matrix; only its lower triangle is read.
  ///
  /// - Complexity: O(n³).
  /// - Throws: ``LinearAlgebraError`` if LAPACK does not converge.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rowCount == matrix.columnCount, "matrix must be square")
    let n = matrix.rowCount
    guard n > 0 else {
      values = []
      vectors = matrix
      return
    }
    BLASThreads.holdToOne()
    // Row-major lower is column-major upper.
    var a = matrix.values
    var eigenvalues = [Double](repeating: 0, count: n)
    var order = blasInt(n)
    var leading = order
    var info: Int32 = 0
    var workSize: Int32 = -1
    var integerWorkSize: Int32 = -1
    var workQuery = 0.0
    var integerWorkQuery: Int32 = 0
    var job = CChar(UInt8(ascii: "V"))
    var triangle = CChar(UInt8(ascii: "U"))
    dsyevd_(
      &job, &triangle, &order, &a, &leading, &eigenvalues, &workQuery, &workSize,
      &integerWorkQuery, &integerWorkSize, &info)
    workSize = Int32(workQuery)
    integerWorkSize = integerWorkQuery
    var work = [Double](repeating: 0, count: Int(workSize))
    var integerWork = [Int32](repeating: 0, count: Int(integerWorkSize))
    dsyevd_(
      &job, &triangle, &order, &a, &leading, &eigenvalues, &work, &workSize, &integerWork,
      &integerWorkSize, &info)
    guard info == 0 else {
      throw LinearAlgebraError(code: .noConvergence, message: "dsyevd ended with info \(info)")
    }
    // LAPACK's columns are our rows: vector k stands in row k of `a`.
    for k in 0..<n {
      let range = (k * n)..<((k + 1) * n)
      var largest = 0.0
      var sign = 1.0
      for value in a[range] where abs(value) > largest {
        largest = abs(value)
        sign = value < 0 ? -1 : 1
      }
      if sign < 0 { for i in range { a[i] = -a[i] } }
    }
    values = eigenvalues
    vectors = Matrix(rows: n, columns: n, values: a).transposed()
  }
}
