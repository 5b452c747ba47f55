import LinearAlgebra

/// Pooled within-class scatter of some rows, decomposed once so that every shrinkage is cheap.
///
/// With Z the rows less their class means and ZᵀZ = V Λ Vᵀ, a covariance a ZᵀZ + b I has the inverse
/// I/b + V (1/(aΛ + b) - 1/b) Vᵀ. Where there are more features than rows, V is Zᵀ U Λ^{-1/2} with U
/// from the n × n matrix ZZᵀ and is never formed.
package struct WithinClassScatter {
  /// Classes × features.
  package let means: Matrix
  /// Shrinkage by Ledoit and Wolf, and the mean variance tr S/d.
  package let ledoitWolf: LedoitWolfShare
  private let rowCount: Int
  private let eigenvalues: [Double]
  /// Vᵀ · meansᵀ, kept eigenvalues × classes.
  private let coordinates: Matrix
  /// Features × kept, or (with more features than rows) rows × kept holding U Λ^{-1/2}.
  private let vectors: Matrix
  private let deviations: Matrix?

  /// The scatter of rows whose classes all occur.
  ///
  /// - Parameters:
  ///   - features: rows × features, finite.
  ///   - labels: class of each row, 0..<classCount, each with a row.
  ///   - classCount: C.
  /// - Complexity: O(n d min(n, d) + min(n, d)³).
  /// - Throws: ``LinearAlgebraError`` on non-finite entries.
  package init(
    features: Matrix, labels: [Int], classCount: Int
  ) throws(LinearAlgebraError) {
    means = WithinClassScatter.classMeans(features, labels, classCount)
    var centered = features
    for i in 0..<features.rowCount {
      for j in 0..<features.columnCount { centered[i, j] -= means[labels[i], j] }
    }
    rowCount = features.rowCount
    let isWide = features.columnCount > features.rowCount
    let eigen = try SymmetricEigen(
      isWide ? centered.gram() : centered.product(centered, transposingSelf: true))
    ledoitWolf = LedoitWolfShare(centered: centered, gramEigenvalues: eigen.values)
    let limit = 1e-12 * max(eigen.values.last ?? 0, 0)
    let kept = eigen.values.indices.filter { eigen.values[$0] > limit && eigen.values[$0] > 0 }
    eigenvalues = kept.map { eigen.values[$0] }
    var basis = eigen.vectors.selecting(columns: kept)
    if isWide {
      for (k, value) in eigenvalues.enumerated() {
        for i in 0..<basis.rowCount { basis[i, k] /= value.squareRoot() }
      }
      coordinates = basis.product(
        centered.product(means, transposingOther: true), transposingSelf: true)
      deviations = centered
    } else {
      coordinates = basis.product(means.transposed(), transposingSelf: true)
      deviations = nil
    }
    vectors = basis
  }

  /// Linear discriminant analysis with a uniform prior: score_c = μ_cᵀ Σ̂⁻¹ x - ½ μ_cᵀ Σ̂⁻¹ μ_c,
  /// Σ̂ = (1-s) S + s (tr S/d) I.
  ///
  /// - Parameter shrinkage: s, 0…1.
  package func discriminant(shrinkage: Double) -> SoftmaxRegression.Model {
    let weights = solve(shrinkage: shrinkage)
    let biases = (0..<means.rowCount).map { c in
      -0.5 * orderedSum((0..<weights.rowCount).map { means[c, $0] * weights[$0, c] })
    }
    return SoftmaxRegression.Model(weights: weights, biases: biases)
  }

  /// Σ̂⁻¹ · meansᵀ (features × classes) for Σ̂ = (1-s) S + s m I, S = ZᵀZ/n.
  private func solve(shrinkage: Double) -> Matrix {
    // Without any spread within classes the identity stands in: nearest class mean.
    let scale = ledoitWolf.meanVariance > 0 ? ledoitWolf.meanVariance : 1
    let ridge = max(shrinkage, 1e-6) * scale
    let factor = (1 - shrinkage) / Double(rowCount)
    var scaled = coordinates
    for (k, value) in eigenvalues.enumerated() {
      let correction = 1 / (factor * value + ridge) - 1 / ridge
      for c in 0..<scaled.columnCount { scaled[k, c] *= correction }
    }
    var result = vectors.product(scaled)
    if let deviations { result = deviations.product(result, transposingSelf: true) }
    result.add(means.transposed(), times: 1 / ridge)
    return result
  }

  private static func classMeans(_ features: Matrix, _ labels: [Int], _ classCount: Int) -> Matrix {
    var means = Matrix(rows: classCount, columns: features.columnCount)
    var counts = [Double](repeating: 0, count: classCount)
    for (i, label) in labels.enumerated() {
      counts[label] += 1
      for j in 0..<means.columnCount { means[label, j] += features[i, j] }
    }
    for c in 0..<classCount {
      for j in 0..<means.columnCount { means[c, j] /= counts[c] }
    }
    return means
  }
}
