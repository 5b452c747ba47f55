import LinearAlgebra

/// Principal coordinates in the span of some rows B (n × d): with B Bᵀ = V Λ Vᵀ, the map
/// x ↦ x Bᵀ V Λ^{-1/2} is an isometry on that span, so that a ridge problem keeps its solution with
/// at most min(n, d) unknowns, which moreover are uncorrelated over the rows.
public struct RowSpan: Sendable {
  /// Features × rank, orthonormal columns.
  public let basis: Matrix

  /// The span of the rows of `matrix`; eigenvalues up to 10⁻¹² of the largest are dropped.
  ///
  /// - Complexity: O(n d min(n, d)).
  /// - Throws: ``LinearAlgebraError`` if the eigenproblem fails (non-finite entries).
  public init(
    _ matrix: Matrix, relativeThreshold: Double = 1e-12
  ) throws(LinearAlgebraError) {
    let isWide = matrix.columnCount > matrix.rowCount
    let eigen = try SymmetricEigen(isWide ? matrix.gram() : matrix.transposed().gram())
    let limit = relativeThreshold * max(eigen.values.last ?? 0, 0)
    let kept = eigen.values.indices.filter { eigen.values[$0] > limit && eigen.values[$0] > 0 }
    var vectors = eigen.vectors.selecting(columns: kept)
    guard isWide else {
      basis = vectors
      return
    }
    for (position, k) in kept.enumerated() {
      let factor = 1 / eigen.values[k].squareRoot()
      for i in 0..<vectors.rowCount { vectors[i, position] *= factor }
    }
    basis = matrix.product(vectors, transposingSelf: true)
  }

  /// Rank of the span.
  public var rank: Int { basis.columnCount }

  /// Rows in the span's coordinates, rows × rank.
  public func project(_ rows: Matrix) -> Matrix { rows.product(basis) }

  /// A solution back in feature space.
  public func lift(_ weights: Matrix) -> Matrix { basis.product(weights) }
}
