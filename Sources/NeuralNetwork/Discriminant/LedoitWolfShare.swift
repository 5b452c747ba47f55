import LinearAlgebra

/// Shrinkage of a covariance toward the scaled identity: with S = ZᵀZ/n of centred rows, m = tr S/d,
/// δ² = ‖S - mI‖², β² = min(δ², n⁻² Σ_i ‖z_i z_iᵀ - S‖²), the share of m I is β²/δ².
///
/// Source: Ledoit & Wolf (2004), Journal of Multivariate Analysis 88.
package struct LedoitWolfShare: Sendable, Equatable {
  /// β²/δ² in 0…1; 0 where S is a multiple of the identity already.
  package let shrinkage: Double
  /// m, mean variance of a feature.
  package let meanVariance: Double

  /// The shrinkage of centred rows, whose Gram matrix (ZᵀZ or ZZᵀ) has the given eigenvalues.
  ///
  /// Needs no d × d matrix: ‖S‖² is the sum of squared eigenvalues over n², and
  /// Σ_i ‖z_i z_iᵀ - S‖² = Σ_i ‖z_i‖⁴ - n ‖S‖².
  package init(centered rows: Matrix, gramEigenvalues: [Double]) {
    let n = Double(rows.rowCount)
    let d = Double(rows.columnCount)
    guard n > 0, d > 0 else {
      shrinkage = 0
      meanVariance = 0
      return
    }
    let squaredLengths = (0..<rows.rowCount).map { i in
      orderedSum(rows.row(i).map { $0 * $0 })
    }
    let mean = orderedSum(squaredLengths) / (n * d)
    let squaredNorm = orderedSum(gramEigenvalues.map { $0 * $0 }) / (n * n)
    let spread = max(squaredNorm - d * mean * mean, 0)
    let noise = orderedSum(squaredLengths.map { $0 * $0 }) - n * squaredNorm
    meanVariance = mean
    // Below rounding, S is taken for a multiple of the identity.
    shrinkage =
      spread > 1e-14 * squaredNorm ? min(spread, max(noise, 0) / (n * n)) / spread : 0
  }

  /// The shrinkage of centred rows.
  ///
  /// - Complexity: O(n d min(n, d)).
  /// - Throws: ``LinearAlgebraError`` on non-finite entries.
  package init(centered rows: Matrix) throws(LinearAlgebraError) {
    let gram =
      rows.columnCount <= rows.rowCount
      ? rows.product(rows, transposingSelf: true) : rows.gram()
    self.init(centered: rows, gramEigenvalues: try SymmetricEigen(gram).values)
  }
}
