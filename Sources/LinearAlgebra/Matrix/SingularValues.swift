#if canImport(Accelerate)
  import Accelerate
#else
  import COpenBLAS
#endif

/// Thin singular value decomposition A = U · diag(s) · Vᵀ, through LAPACK `dgesdd`.
public struct SingularValues: Sendable {
  /// Singular values in descending order, min(m, n) of them.
  public let values: [Double]
  /// U, m × min(m, n): left singular vectors as columns.
  public let left: Matrix
  /// Vᵀ, min(m, n) × n: right singular vectors as rows. In each row the entry of largest magnitude
  /// (the first on ties) is positive.
  public let rightTransposed: Matrix

  /// Decomposes a matrix of any shape.
  ///
  /// - Complexity: O(m·n·min(m, n)).
  /// - Throws: ``LinearAlgebraError`` if LAPACK does not converge.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    let rank = min(m, n)
    guard rank > 0 else {
      values = []
      left = Matrix(rows: m, columns: 0)
      rightTransposed = Matrix(rows: 0, columns: n)
      return
    }
    BLASThreads.holdToOne()
    // Our row-major A is LAPACK's column-major Aᵀ (n × m) = V · diag(s) · Uᵀ.
    var a = matrix.values
    var s = [Double](repeating: 0, count: rank)
    var v = [Double](repeating: 0, count: n * rank)
    var u = [Double](repeating: 0, count: rank * m)
    var rows = blasInt(n)
    var columns = blasInt(m)
    var leadingA = rows
    var leadingU = rows
    var leadingV = blasInt(rank)
    var info: Int32 = 0
    var workSize: Int32 = -1
    var workQuery = 0.0
    var job = CChar(UInt8(ascii: "S"))
    var integerWork = [Int32](repeating: 0, count: 8 * rank)
    dgesdd_(
      &job, &rows, &columns, &a, &leadingA, &s, &v, &leadingU, &u, &leadingV, &workQuery,
      &workSize, &integerWork, &info)
    workSize = Int32(workQuery)
    var work = [Double](repeating: 0, count: Int(workSize))
    dgesdd_(
      &job, &rows, &columns, &a, &leadingA, &s, &v, &leadingU, &u, &leadingV, &work, &workSize,
      &integerWork, &info)
    guard info == 0 else {
      throw LinearAlgebraError(code: .noConvergence, message: "dgesdd ended with info \(info)")
    }
    // Column-major n × rank is row-major rank × n (rows are right vectors); likewise for U.
    var right = Matrix(rows: rank, columns: n, values: v)
    var leftVectors = Matrix(rows: m, columns: rank, values: u)
    for k in 0..<rank {
      var largest = 0.0
      var sign = 1.0
      for value in right.row(k) where abs(value) > largest {
        largest = abs(value)
        sign = value < 0 ? -1 : 1
      }
      if sign < 0 {
        for j in 0..<n { right[k, j] = -right[k, j] }
        for i in 0..<m { leftVectors[i, k] = -leftVectors[i, k] }
      }
    }
    values = s
    left = leftVectors
    rightTransposed = right
  }
}
