import LinearAlgebra

/// Spectral clustering of a patient network (Ng, Jordan & Weiss 2002) on the normalised Laplacian
/// L = I − Δ^{-1/2} A Δ^{-1/2} of its off-diagonal affinities.
public struct SpectralClustering: Sendable {
  /// Eigenvalues of L, ascending, in 0...2.
  public let eigenvalues: [Double]
  private let vectors: Matrix

  /// Decomposes a network.
  ///
  /// - Parameters:
  ///   - affinities: symmetric, n × n, ≥ 0.
  ///   - keepsDiagonal: whether self-affinities count as edges. Default false.
  /// - Complexity: O(n³).
  /// - Throws: ``PatientGraphError`` `.noConvergence` (as on entries that are not numbers).
  public init(_ affinities: Matrix, keepsDiagonal: Bool = false) throws(PatientGraphError) {
    let laplacian = normalizedLaplacian(affinities, keepsDiagonal: keepsDiagonal)
    do {
      let eigen = try SymmetricEigen(laplacian)
      eigenvalues = eigen.values
      vectors = eigen.vectors
    } catch {
      throw PatientGraphError(
        code: .noConvergence, location: "spectral clustering", found: error.message,
        expected: "a converged eigenvalue decomposition")
    }
  }

  /// Number of clusters C in 2...maximum with the largest gap λ_{C+1} − λ_C, the smallest on ties;
  /// `maximum` is lowered to patients − 1. Fewer than 3 patients make one cluster each.
  public func eigengapCount(maximum: Int = 10) -> Int {
    let most = min(maximum, eigenvalues.count - 1)
    guard most >= 2 else { return min(2, eigenvalues.count) }
    var best = 2
    for count in 2...most where gap(count) > gap(best) { best = count }
    return best
  }

  /// λ_{C+1} − λ_C.
  public func gap(_ count: Int) -> Double {
    precondition(count >= 1 && count < eigenvalues.count, "a gap lies between two eigenvalues")
    return eigenvalues[count] - eigenvalues[count - 1]
  }

  /// Cluster of each patient, numbered by first appearance: k-means++ with ten starts on the rows,
  /// scaled to unit length, of the first `clusterCount` eigenvectors.
  ///
  /// - Throws: ``PatientGraphError`` `.optionOutOfRange` unless 1 ≤ clusterCount ≤ patients.
  public func labels(
    clusterCount: Int, stream: RandomStream
  ) throws(PatientGraphError) -> [Int] {
    guard clusterCount >= 1, clusterCount <= max(eigenvalues.count, 1) else {
      throw PatientGraphError(
        code: .optionOutOfRange, location: "clusters", found: "\(clusterCount)",
        expected: "1 to \(eigenvalues.count)")
    }
    guard !eigenvalues.isEmpty else { return [] }
    var rows = vectors.selecting(columns: Array(0..<clusterCount))
    for i in 0..<rows.rowCount {
      let row = Array(rows.row(i))
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 0 { rows.setRow(i, row.map { $0 / norm }) }
    }
    var stream = stream
    return KMeans(clusterCount: clusterCount).labels(rows, stream: &stream)
  }
}

/// I − Δ^{-1/2} A Δ^{-1/2}; a degree of 0 counts as 1.
private func normalizedLaplacian(_ affinities: Matrix, keepsDiagonal: Bool) -> Matrix {
  let n = affinities.rowCount
  precondition(affinities.columnCount == n, "affinities must be square")
  var result = affinities
  if !keepsDiagonal { for i in 0..<n { result[i, i] = 0 } }
  let roots = result.rowSums().map { ($0 == 0 ? 1 : $0).squareRoot() }
  for i in 0..<n {
    for j in 0..<n {
      result[i, j] = (i == j ? 1 : 0) - result[i, j] / (roots[i] * roots[j])
    }
  }
  return result
}
