import LinearAlgebra

/// The pair of quadratic functions, one of each side, that correlates most once all linear
/// correlation is taken away: sees common scales, clusters and parabolas in any direction.
///
/// x and y are made uncorrelated together, (x, y) · C^(-½). Features of each side are its columns,
/// their squares, the sum of squares, and products where there are few. The leading pair of ridge
/// canonical variates is fitted on four fifths of the rows and evaluated on the rest, in turn; folds
/// are cut by distance from the centre, so that the order of rows does not matter.
struct QuadraticPair: Sendable {
  /// Values of the functions, n × 1, out of fold.
  let x: Matrix
  let y: Matrix
  /// Correlation of their normal scores.
  let correlation: Double

  private static let folds = 5
  private static let penalties = [0.01, 0.1, 1]

  /// Nil where columns determine each other.
  ///
  /// - Complexity: O(n p² + p³), p features a side, at most 120 and thrice the columns.
  init?(_ x: Matrix, _ y: Matrix) throws(MutualInformationError) {
    guard let (left, right, radii) = try Self.uncorrelated(x, y) else { return nil }
    let (first, second) = (Self.features(left), Self.features(right))
    var fold = [Int](repeating: 0, count: radii.count)
    let order = radii.indices.sorted { (radii[$0], $0) < (radii[$1], $1) }
    for (position, row) in order.enumerated() { fold[row] = position % Self.folds }
    let members = (0..<Self.folds).map { f in fold.indices.filter { fold[$0] == f } }
    do throws(LinearAlgebraError) {
      let parts = members.map {
        Moments(first.selecting(rows: $0), second.selecting(rows: $0))
      }
      let total = parts.dropFirst().reduce(parts[0]) { $0.adding($1, times: 1) }
      let reference = try total.leadingPairs(Self.penalties)
      var best: (x: Matrix, y: Matrix, correlation: Double)?
      var fitted = [[Moments.Pair]]()
      for part in parts {
        fitted.append(try total.adding(part, times: -1).leadingPairs(Self.penalties))
      }
      for index in Self.penalties.indices {
        var values = (
          x: Matrix(rows: radii.count, columns: 1), y: Matrix(rows: radii.count, columns: 1)
        )
        for (rows, pairs) in zip(members, fitted) {
          let pair = total.aligned(pairs[index], with: reference[index])
          let (a, b) = (
            first.selecting(rows: rows).product(pair.x),
            second.selecting(rows: rows).product(pair.y)
          )
          for (position, row) in rows.enumerated() {
            values.x[row, 0] = a[position, 0]
            values.y[row, 0] = b[position, 0]
          }
        }
        let correlation = pearson(
          normalScores(values.x).values, normalScores(values.y).values)
        if correlation > best?.correlation ?? -.infinity {
          best = (values.x, values.y, correlation)
        }
      }
      guard let best else { return nil }
      (self.x, self.y, correlation) = best
    } catch {
      throw .numericalFailure(error.message)
    }
  }

  /// (x, y) · C^(-½) cut in two, with the squared length of each row.
  private static func uncorrelated(
    _ x: Matrix, _ y: Matrix
  ) throws(MutualInformationError) -> (Matrix, Matrix, [Double])? {
    let joint = Matrix.horizontal([x, y]).centeringColumns()
    let eigen: SymmetricEigen
    do {
      eigen = try SymmetricEigen(joint.transposed().gram())
    } catch {
      throw .numericalFailure(error.message)
    }
    guard let least = eigen.values.first, let most = eigen.values.last, least > 1e-8 * most
    else { return nil }
    let scale = Double(x.rowCount)
    var scaled = eigen.vectors
    for j in 0..<scaled.columnCount {
      for i in 0..<scaled.rowCount { scaled[i, j] *= (scale / eigen.values[j]).squareRoot() }
    }
    let white = joint.product(scaled.product(eigen.vectors, transposingOther: true))
    let radii = white.mapValues { $0 * $0 }.rowSums()
    return (
      white.selecting(columns: Array(0..<x.columnCount)),
      white.selecting(columns: Array(x.columnCount..<white.columnCount)), radii
    )
  }

  /// Columns, squares, their sum, and products if they are few beside the rows; variance 1.
  private static func features(_ z: Matrix) -> Matrix {
    let d = z.columnCount
    let squares = z.mapValues { $0 * $0 }
    var parts = [z, squares]
    if d > 1 {
      parts.append(Matrix(rows: z.rowCount, columns: 1, values: squares.rowSums()))
      let products = (0..<d).flatMap { i in ((i + 1)..<d).map { (i, $0) } }
      if products.count <= min(z.rowCount / 20, 120), !products.isEmpty {
        var matrix = Matrix(rows: z.rowCount, columns: products.count)
        for row in 0..<z.rowCount {
          for (position, pair) in products.enumerated() {
            matrix[row, position] = z[row, pair.0] * z[row, pair.1]
          }
        }
        parts.append(matrix)
      }
    }
    return Matrix.horizontal(parts).standardizingColumns()
  }
}

/// Sums of products of the features over some rows.
private struct Moments {
  private let xx: Matrix
  private let yy: Matrix
  private let xy: Matrix
  private let rowCount: Int

  /// Coefficients, p × 1 a side.
  typealias Pair = (x: Matrix, y: Matrix)

  init(_ x: Matrix, _ y: Matrix) {
    (xx, yy) = (x.transposed().gram(), y.transposed().gram())
    xy = x.product(y, transposingSelf: true)
    rowCount = x.rowCount
  }

  private init(xx: Matrix, yy: Matrix, xy: Matrix, rowCount: Int) {
    (self.xx, self.yy, self.xy, self.rowCount) = (xx, yy, xy, rowCount)
  }

  func adding(_ other: Moments, times sign: Int) -> Moments {
    func sum(_ a: Matrix, _ b: Matrix) -> Matrix {
      var result = a
      result.add(b, times: Double(sign))
      return result
    }
    return Moments(
      xx: sum(xx, other.xx), yy: sum(yy, other.yy), xy: sum(xy, other.xy),
      rowCount: rowCount + sign * other.rowCount)
  }

  /// Coefficients of the leading ridge canonical pair at each penalty.
  func leadingPairs(_ penalties: [Double]) throws(LinearAlgebraError) -> [Pair] {
    let scale = 1 / Double(rowCount)
    let (onX, onY) = (try SymmetricEigen(scale * xx), try SymmetricEigen(scale * yy))
    let turned = (scale * onX.vectors.product(xy, transposingSelf: true)).product(onY.vectors)
    var result = [Pair]()
    for penalty in penalties {
      let rootX = onX.values.map { 1 / (max($0, 0) + penalty).squareRoot() }
      let rootY = onY.values.map { 1 / (max($0, 0) + penalty).squareRoot() }
      var matrix = turned
      for i in 0..<matrix.rowCount {
        for j in 0..<matrix.columnCount { matrix[i, j] *= rootX[i] * rootY[j] }
      }
      let decomposition = try SingularValues(matrix)
      let u = zip(decomposition.left.column(0), rootX).map { $0 * $1 }
      let v = zip(decomposition.rightTransposed.row(0), rootY).map { $0 * $1 }
      result.append(
        (
          onX.vectors.product(Matrix(rows: u.count, columns: 1, values: u)),
          onY.vectors.product(Matrix(rows: v.count, columns: 1, values: v))
        ))
    }
    return result
  }

  /// A pair with the sign under which its functions agree with the other's.
  func aligned(_ pair: Pair, with other: Pair) -> Pair {
    func agreement(_ a: Matrix, _ moments: Matrix, _ b: Matrix) -> Double {
      a.product(moments.product(b), transposingSelf: true)[0, 0]
    }
    let sign = agreement(pair.x, xx, other.x) + agreement(pair.y, yy, other.y)
    return sign < 0 ? (-1 * pair.x, -1 * pair.y) : pair
  }
}
