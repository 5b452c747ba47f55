import LinearAlgebra

/// Partial canonical correlations of two sets of columns, descending, 0…1: canonical correlations of
/// what is left of them once every linear part of z is taken out.
///
/// Columns that depend linearly on each other, or on z, count once or not at all.
/// - Complexity: O(n (d_x + d_y + d_z)²).
/// - Throws: ``MutualInformationError`` `.unequalRows`, `.tooFewRows`, `.numericalFailure`.
public func partialCanonicalCorrelations(
  _ x: Matrix, _ y: Matrix, given z: Matrix
) throws(MutualInformationError) -> [Double] {
  try partialAnalysis(x, y, given: z).analysis.correlations
}

/// Plug-in Gaussian information -½ Σ ln(1 - ρ²) over partial canonical correlations, in nats, not
/// corrected for bias; equal to I(X; YZ) - I(X; Z).
///
/// - Throws: ``MutualInformationError`` `.unequalRows`, `.tooFewRows`, `.numericalFailure`.
public func conditionalGaussianInformation(
  _ x: Matrix, _ y: Matrix, given z: Matrix
) throws(MutualInformationError) -> Double {
  try partialAnalysis(x, y, given: z).analysis.information
}

extension CorrelationInformation {
  /// Estimates I(x; y | z), less its bias.
  ///
  /// By the chain rule the bias is b(n, d_x, d_y + d_z) - b(n, d_x, d_z), exact for Gaussian data:
  /// that of d_x and d_y columns in n - d_z rows. Where n < 5(d_x + d_y + d_z), each side is reduced
  /// to principal components as in ``estimate(_:_:)``; what z tells beyond its components is then not
  /// held fixed.
  /// - Parameters:
  ///   - x: n × d_x, finite.
  ///   - y: n × d_y, finite.
  ///   - z: n × d_z, finite.
  /// - Complexity: O(n (d_x + d_y + d_z)²).
  /// - Throws: ``MutualInformationError`` `.tooFewRows`, `.unequalRows`, `.numericalFailure`.
  public func estimate(
    _ x: Matrix, _ y: Matrix, given z: Matrix
  ) throws(MutualInformationError) -> GaussianEstimate {
    let n = x.rowCount
    guard n >= 4 else { throw .tooFewRows(n, needed: 4) }
    var sides = [x, y, z].map { usesNormalScores ? normalScores($0) : $0 }
    var warnings = [String]()
    if reduction != .none, n < 5 * sides.reduce(0, { $0 + $1.columnCount }) {
      let count = max(1, min(5, n / 20))
      if sides.contains(where: { $0.columnCount > count }) {
        warnings.append(
          "fewer than five rows per column: reduced to \(count) principal component(s) a side")
      }
      for index in sides.indices where sides[index].columnCount > count {
        sides[index] = try principalScores(sides[index], count: count)
      }
    }
    let (analysis, rankZ) = try partialAnalysis(sides[0], sides[1], given: sides[2])
    guard
      let bias = gaussianInformationBias(
        rows: n - rankZ, dimensionX: analysis.rankX, dimensionY: analysis.rankY)
    else { throw .tooFewRows(n, needed: analysis.rankX + analysis.rankY + rankZ + 2) }
    if analysis.isSingular { warnings.append("one side determines part of the other") }
    return GaussianEstimate(
      information: analysis.information - bias, bias: bias,
      dimensions: (analysis.rankX, analysis.rankY), warnings: warnings)
  }
}

private func partialAnalysis(
  _ x: Matrix, _ y: Matrix, given z: Matrix
) throws(MutualInformationError) -> (analysis: CanonicalAnalysis, rankZ: Int) {
  for other in [y, z] where other.rowCount != x.rowCount {
    throw .unequalRows(x.rowCount, other.rowCount)
  }
  guard x.rowCount >= 2 else { throw .tooFewRows(x.rowCount, needed: 2) }
  let basis = try orthonormalScores(z)
  let analysis = try CanonicalAnalysis(
    unexplained(x, by: basis), unexplained(y, by: basis))
  return (analysis, basis.columnCount)
}

/// Orthonormal columns that span what an orthonormal basis leaves of a matrix's columns. Directions
/// of which it leaves less than 1e-7, within rounding of a linear dependence, are dropped.
private func unexplained(
  _ matrix: Matrix, by basis: Matrix
) throws(MutualInformationError) -> Matrix {
  let own = try orthonormalScores(matrix)
  guard own.columnCount > 0, basis.columnCount > 0 else { return own }
  let explained = basis.product(basis.product(own, transposingSelf: true))
  do {
    let left = try SingularValues(own - explained)
    return left.left.selecting(columns: left.values.indices.filter { left.values[$0] > 1e-7 })
  } catch {
    throw .numericalFailure(error.message)
  }
}
