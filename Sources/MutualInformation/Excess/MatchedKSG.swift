import LinearAlgebra

/// KSG of paired columns after normal scores, less its bias at matched Gaussian data.
///
/// The bias is taken from Gaussian pairs of the same size, number of columns and correlations, where
/// the truth is known; near Gaussian dependence it cancels.
struct MatchedKSG: Sendable {
  /// KSG less its bias, in nats.
  let information: Double
  /// Standard error of what is not Gaussian in it: sd of the rows' terms less Gaussian ones, over √n.
  let standardError: Double
  /// KSG as it is, over the largest value that this n and k can give.
  let shareOfCeiling: Double

  /// Compares columns, the leading ones of both sides in pairs.
  ///
  /// - Parameters:
  ///   - x: n × d_x; column j is paired with column j of y.
  ///   - y: n × d_y.
  ///   - stream: of the matched Gaussian draws, four up to 2,000 rows, else one.
  /// - Complexity: two to five KSG estimates.
  init(
    _ x: Matrix, _ y: Matrix, neighbors: Int, stream: RandomStream, threads: Int
  ) throws(MutualInformationError) {
    // The wider side first, so that x and y may be exchanged.
    let isSwapped = x.columnCount < y.columnCount
    let (wide, narrow) = (normalScores(isSwapped ? y : x), normalScores(isSwapped ? x : y))
    let correlations = (0..<narrow.columnCount).map {
      min(max(pearson(wide.column($0), narrow.column($0)), 1e-12 - 1), 1 - 1e-12)
    }
    func compared(
      _ a: Matrix, _ b: Matrix
    ) throws(MutualInformationError) -> (terms: [Double], differences: [Double], ceiling: Double) {
      let neighborhoods = try KSGNeighborhoods(
        a, b, neighbors: neighbors, variant: .first, norm: .chebyshev, threads: threads)
      let terms = neighborhoods.terms
      return (
        terms, zip(terms, gaussianTerms(a, b, correlations)).map { $0 - $1 },
        neighborhoods.ceiling
      )
    }
    let observed = try compared(wide, narrow)
    var stream = stream
    var biases = [Double]()
    for _ in 0..<(x.rowCount <= 2000 ? 4 : 1) {
      let drawn = Self.matchedPairs(
        rows: x.rowCount, columns: (wide.columnCount, narrow.columnCount), correlations, &stream)
      let differences = try compared(normalScores(drawn.0), normalScores(drawn.1)).differences
      biases.append(orderedMean(differences))
    }
    let value = orderedMean(observed.terms)
    information = value - orderedMean(biases)
    let mean = orderedMean(observed.differences)
    let variance = orderedMean(observed.differences.map { ($0 - mean) * ($0 - mean) })
    standardError = (variance / Double(x.rowCount)).squareRoot()
    shareOfCeiling = value / observed.ceiling
  }

  /// Independent standard normals, but the leading pairs with these correlations.
  private static func matchedPairs(
    rows: Int, columns: (Int, Int), _ correlations: [Double], _ stream: inout RandomStream
  ) -> (Matrix, Matrix) {
    let x = stream.normalMatrix(rows: rows, columns: columns.0)
    var y = stream.normalMatrix(rows: rows, columns: columns.1)
    for (j, r) in correlations.enumerated() {
      let rest = (1 - r * r).squareRoot()
      for i in 0..<rows { y[i, j] = r * x[i, j] + rest * y[i, j] }
    }
    return (x, y)
  }
}

/// Log density ratio ln p(x, y)/(p(x) p(y)) of each row under Gaussian pairs; its expectation under
/// them is -½ Σ ln(1 - ρ²).
private func gaussianTerms(_ x: Matrix, _ y: Matrix, _ correlations: [Double]) -> [Double] {
  var result = [Double](repeating: 0, count: x.rowCount)
  for (j, r) in correlations.enumerated() {
    let left = 1 - r * r
    let constant = -0.5 * logarithm(left)
    for i in result.indices {
      let (u, v) = (x[i, j], y[i, j])
      result[i] += constant - (r * r * (u * u + v * v) - 2 * r * u * v) / (2 * left)
    }
  }
  return result
}

/// Correlation of two columns; 0 where one does not vary.
func pearson(_ x: [Double], _ y: [Double]) -> Double {
  func centered(_ values: [Double]) -> [Double] {
    let mean = orderedMean(values)
    return values.map { $0 - mean }
  }
  let (a, b) = (centered(x), centered(y))
  let scale = orderedSum(a.map { $0 * $0 }) * orderedSum(b.map { $0 * $0 })
  return scale > 0 ? orderedSum(zip(a, b).map { $0 * $1 }) / scale.squareRoot() : 0
}
