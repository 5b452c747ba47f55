/// Covariance shrunk toward a scaled identity, with the amount of Ledoit & Wolf (Journal of
/// Multivariate Analysis 2004).
///
/// S = ZᵀZ/n of centred rows, m = tr S/d, δ² = ‖S - mI‖_F²,
/// β² = min(δ², n⁻² Σ_i ‖z_i z_iᵀ - S‖_F²), shrinkage s = β²/δ² (0 for δ = 0);
/// Σ̂ = (1 - s) S + s m I.
public struct LedoitWolf: Equatable, Sendable {
  /// Weight s of the identity, 0…1.
  public let shrinkage: Double
  /// Mean variance m of the columns, divisor n.
  public let meanVariance: Double
  /// Centred rows, n × d.
  private let centered: Matrix

  /// Estimates the shrinkage of a sample.
  ///
  /// - Parameters:
  ///   - rows: n × d, finite; n ≥ 1, d ≥ 1.
  ///   - isCentered: true if the rows are deviations already (for example from their class means);
  ///     default false, the columns are centred.
  /// - Complexity: O(n·d·min(n, d)); memory min(n, d)².
  public init(_ rows: Matrix, isCentered: Bool = false) {
    precondition(rows.rowCount > 0 && rows.columnCount > 0, "rows and columns are needed")
    let centered = isCentered ? rows : rows.centeringColumns()
    let (n, d) = (Double(rows.rowCount), Double(rows.columnCount))
    let squaredNorms = (0..<rows.rowCount).map { i in
      orderedSum(centered.row(i).map { $0 * $0 })
    }
    let mean = orderedSum(squaredNorms) / (n * d)
    // ‖S‖_F² = ‖ZᵀZ‖_F²/n² = ‖ZZᵀ‖_F²/n²: the smaller of the two products serves.
    let product =
      rows.columnCount <= rows.rowCount
      ? centered.product(centered, transposingSelf: true) : centered.gram()
    let squareOfS = orderedSum(product.values.map { $0 * $0 }) / (n * n)
    let distance = max(0, squareOfS - d * mean * mean)
    let fourth = orderedSum(squaredNorms.map { $0 * $0 })
    let noise = max(0, (fourth - n * squareOfS) / (n * n))
    self.centered = centered
    meanVariance = mean
    shrinkage = distance > 0 ? min(1, noise / distance) : 0
  }

  /// Σ̂, d × d.
  ///
  /// - Complexity: O(n·d²).
  public func covariance() -> Matrix {
    var result = centered.product(centered, transposingSelf: true)
    result.scale(by: (1 - shrinkage) / Double(centered.rowCount))
    for j in 0..<result.columnCount { result[j, j] += shrinkage * meanVariance }
    return result.symmetrized()
  }
}
