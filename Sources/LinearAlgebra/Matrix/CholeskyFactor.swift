#if canImport(Accelerate)
  import Accelerate
#else
  import COpenBLAS
#endif

/// Cholesky factor of a symmetric positive definite matrix, through LAPACK `dpotrf`.
public struct CholeskyFactor: Sendable {
  private let factor: [Double]
  /// Order of the matrix.
  public let order: Int

  /// Factors a symmetric matrix; only its lower triangle is read.
  ///
  /// - Complexity: O(n³/3).
  /// - Throws: ``LinearAlgebraError`` `.notPositiveDefinite` if a pivot is not positive.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rowCount == matrix.columnCount, "matrix must be square")
    BLASThreads.holdToOne()
    order = matrix.rowCount
    var a = matrix.values
    var n = blasInt(order)
    var leading = max(n, 1)
    var info: Int32 = 0
    var triangle = CChar(UInt8(ascii: "U"))
    dpotrf_(&triangle, &n, &a, &leading, &info)
    guard info == 0 else {
      throw LinearAlgebraError(
        code: .notPositiveDefinite, message: "pivot \(info) of \(order) is not positive")
    }
    factor = a
  }

  /// ln|A|.
  public var logDeterminant: Double {
    var sum = 0.0
    for i in 0..<order { sum += logarithm(factor[i * order + i]) }
    return 2 * sum
  }

  /// Solves A · X = B for B with `order` rows.
  public func solve(_ right: Matrix) -> Matrix {
    precondition(right.rowCount == order, "right side must have as many rows as the matrix")
    var columnMajor = right.transposed()
    var n = blasInt(order)
    var rightCount = blasInt(right.columnCount)
    var leading = max(n, 1)
    var info: Int32 = 0
    var triangle = CChar(UInt8(ascii: "U"))
    var a = factor
    dpotrs_(&triangle, &n, &rightCount, &a, &leading, &columnMajor.values, &leading, &info)
    precondition(info == 0, "dpotrs was called with a wrong argument")
    return columnMajor.transposed()
  }
}
