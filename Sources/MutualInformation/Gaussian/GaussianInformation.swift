import LinearAlgebra

/// Canonical correlations of two sets of columns, descending, 0…1; linearly dependent columns count
/// once.
///
/// - Complexity: O(n (d_x² + d_y²)).
/// - Throws: ``MutualInformationError`` `.unequalRows`, `.numericalFailure`.
public func canonicalCorrelations(
  _ x: Matrix, _ y: Matrix
) throws(MutualInformationError) -> [Double] {
  try CanonicalAnalysis(x, y).correlations
}

/// Plug-in Gaussian information -½ Σ ln(1 - ρ²) over canonical correlations, in nats, not corrected
/// for bias.
///
/// Columns that determine each other would give infinity; 1 - ρ² is held at 1e-15, the limit of
/// double precision.
/// - Throws: ``MutualInformationError`` `.tooFewRows` below 2 rows, `.unequalRows`,
///   `.numericalFailure`.
public func gaussianInformation(
  _ x: Matrix, _ y: Matrix
) throws(MutualInformationError) -> Double {
  try CanonicalAnalysis(x, y).information
}

/// Exact bias of the plug-in value for Gaussian data: ½[h(d_x) + h(d_y) - h(d_x + d_y)],
/// h(d) = Σ_{i=1..d} ψ((n - i)/2), in nats; subtract it. It does not depend on the true value.
///
/// - Parameters:
///   - rows: n; n - 1 must exceed d_x + d_y (else nil).
///   - dimensionX: d_x ≥ 0, dimensionY: d_y ≥ 0.
public func gaussianInformationBias(rows: Int, dimensionX: Int, dimensionY: Int) -> Double? {
  guard rows - 1 > dimensionX + dimensionY else { return nil }
  func h(_ dimension: Int) -> Double {
    (0..<dimension).reduce(0) { $0 + digamma(Double(rows - 1 - $1) / 2) }
  }
  return 0.5 * (h(dimensionX) + h(dimensionY) - h(dimensionX + dimensionY))
}

/// Canonical correlations with the bases that they rest on.
struct CanonicalAnalysis: Sendable {
  /// Descending, 0…1.
  let correlations: [Double]
  /// Orthonormal bases of both sides, n × rank.
  private let basisX: Matrix
  private let basisY: Matrix
  /// Directions within the bases, rank × pairs.
  private let directionsX: Matrix
  private let directionsY: Matrix

  init(_ x: Matrix, _ y: Matrix) throws(MutualInformationError) {
    guard x.rowCount == y.rowCount else { throw .unequalRows(x.rowCount, y.rowCount) }
    guard x.rowCount >= 2 else { throw .tooFewRows(x.rowCount, needed: 2) }
    (basisX, basisY) = (try orthonormalScores(x), try orthonormalScores(y))
    do {
      let decomposition = try SingularValues(basisX.product(basisY, transposingSelf: true))
      correlations = decomposition.values.map { min(1, $0) }
      directionsX = decomposition.left
      directionsY = decomposition.rightTransposed.transposed()
    } catch {
      throw .numericalFailure(error.message)
    }
  }

  var rankX: Int { basisX.columnCount }
  var rankY: Int { basisY.columnCount }

  var information: Double { gaussianInformation(correlations) }

  /// Whether some direction of one side determines one of the other, as far as can be told.
  var isSingular: Bool { correlations.contains { 1 - $0 * $0 <= 1e-13 } }

  /// The leading pairs of canonical variates, n × count a side, with variance 1 (divisor n).
  func variates(_ count: Int) -> (x: Matrix, y: Matrix) {
    let leading = Array(0..<count)
    let scale = Double(basisX.rowCount).squareRoot()
    return (
      scale * basisX.product(directionsX.selecting(columns: leading)),
      scale * basisY.product(directionsY.selecting(columns: leading))
    )
  }
}

/// -½ Σ ln(1 - ρ²), with 1 - ρ² held at 1e-15.
func gaussianInformation(_ correlations: [Double]) -> Double {
  -0.5 * orderedSum(correlations.map { logarithm(max(1e-15, 1 - $0 * $0)) })
}
