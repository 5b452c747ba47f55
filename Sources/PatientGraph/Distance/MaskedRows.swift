import LinearAlgebra

/// Rows with missing cells, as three matrices whose products give every sum over co-observed
/// features: the values with zeros in the gaps, their squares, and the mask of observed cells.
struct MaskedRows {
  let original: Matrix
  let values: Matrix
  let squares: Matrix
  let mask: Matrix

  init(_ features: Matrix) {
    original = features
    values = features.mapValues { $0.isNaN ? 0 : $0 }
    squares = features.mapValues { $0.isNaN ? 0 : $0 * $0 }
    mask = features.mapValues { $0.isNaN ? 0 : 1 }
  }

  /// Distances to other rows; `product` is A · Bᵀ and decides whether rows are independent.
  func distances(
    to other: MaskedRows, metric: DistanceMetric, product: (Matrix, Matrix) -> Matrix
  ) -> Matrix {
    let featureCount = original.columnCount
    let inner = product(values, other.values)
    let squaresHere = product(squares, other.mask)
    let squaresThere = product(mask, other.squares)
    let common = product(mask, other.mask)
    let centers =
      metric == .correlation
      ? (product(values, other.mask), product(mask, other.values)) : (inner, inner)
    var result = Matrix(rows: original.rowCount, columns: other.original.rowCount)
    for position in result.values.indices {
      let count = common.values[position]
      guard count > 0 else {
        result.values[position] = metric.unrelatedDistance(featureCount: featureCount)
        continue
      }
      var moments = PairMoments(
        inner: inner.values[position], squaresHere: squaresHere.values[position],
        squaresThere: squaresThere.values[position])
      switch metric {
      case .sqeuclidean, .euclidean:
        let (i, j) = (position / result.columnCount, position % result.columnCount)
        var squared = moments.squaredDistance
        if squared < 1e-8 * (moments.squaresHere + moments.squaresThere) {
          squared = squaredDifference(original, i, other.original, j)
        }
        squared *= Double(featureCount) / count
        result.values[position] = metric == .euclidean ? squared.squareRoot() : squared
      case .cosine:
        result.values[position] = moments.angularDistance
      case .correlation:
        moments.center(
          centers.0.values[position], centers.1.values[position], count: count)
        result.values[position] = moments.angularDistance
      }
    }
    return result
  }
}

/// Second moments of two rows over their co-observed features.
private struct PairMoments {
  var inner: Double
  var squaresHere: Double
  var squaresThere: Double

  var squaredDistance: Double { max(0, squaresHere + squaresThere - 2 * inner) }

  /// 1 − cosine; 1 where a side vanishes.
  var angularDistance: Double {
    let size = squaresHere.squareRoot() * squaresThere.squareRoot()
    return size > 0 ? min(2, max(0, 1 - inner / size)) : 1
  }

  /// Moves to moments about the means; a side that is constant up to rounding vanishes.
  mutating func center(_ sumHere: Double, _ sumThere: Double, count: Double) {
    inner -= sumHere * sumThere / count
    squaresHere = centered(squaresHere, sumHere * sumHere / count)
    squaresThere = centered(squaresThere, sumThere * sumThere / count)
  }

  private func centered(_ squares: Double, _ squaredMean: Double) -> Double {
    let difference = squares - squaredMean
    return difference > 1e-14 * squares ? difference : 0
  }
}
