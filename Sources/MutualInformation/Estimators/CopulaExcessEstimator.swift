import LinearAlgebra

/// Numbers with numbers under `auto`: the Gaussian copula, and what neighbors see beyond it.
///
/// Î = Î_copula + E. E is looked for along the leading canonical pairs, among all columns (up to 10)
/// and along one cross-fitted pair of quadratic functions; KSG (first, after normal scores) less its
/// bias at matched Gaussian data. The largest counts, less its noise: E · max(0, 1 - 4 SE²/E²).
/// At independence and for Gaussian dependence E is near 0, and the copula’s precision stays.
struct CopulaExcessEstimator: MutualInformationEstimator {
  let options: EstimatorOptions
  /// The part whose excess counts as it is; nil (default) for the largest, less its noise.
  let part: ExcessPart?

  init(_ options: EstimatorOptions, part: ExcessPart? = nil) {
    self.options = options
    self.part = part
  }

  var name: String { "auto" }

  /// Neighbors and copula each by itself: a test of both sees what either can.
  var candidates: [any MutualInformationEstimator] {
    [
      KSGEstimator(.first, options, usesNormalScores: true),
      GaussianEstimator(name: "copula", usesNormalScores: true, options),
    ]
  }

  /// The sum with the part that counts, without the cut that a choice makes; else the copula.
  func source(of estimate: InformationEstimate) -> any MutualInformationEstimator {
    guard let excess = estimate.excess, excess.counted != 0 else { return candidates[1] }
    return CopulaExcessEstimator(options, part: excess.part)
  }

  func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: "copula") { return settled }
    guard case .numbers(let left) = x, case .numbers(let right) = y else {
      throw .unsupportedVariable("\(x.kind) and \(y.kind)", expected: "numbers on both sides")
    }
    let fit = try CorrelationInformation(usesNormalScores: true).fit(left, right)
    let copula = fit.estimate
    var result = InformationEstimate(
      information: copula.information, estimator: "copula", warnings: copula.warnings)
    let neighbors = options.neighbors ?? 5
    let (rows, columns) = (left.rowCount, "\(left.columnCount) + \(right.columnCount) columns")
    let setting = "\(rows) rows, \(columns)"
    guard rows > 2 * neighbors, !fit.analysis.correlations.isEmpty, !fit.analysis.isSingular else {
      result.reason = "\(setting): the Gaussian copula alone can be told"
      return result
    }
    if rows < 50 { result.warnings.append("fewer than 50 rows: an estimate is rough") }
    let search = ExcessSearch(
      fit: fit, neighbors: neighbors, streams: options.streams, threads: options.threads)
    let found = if let part { try search.excess(part) } else { try search.largest() }
    guard let found else {
      result.reason = "\(setting): the Gaussian copula; nothing else stands out"
      return result
    }
    result.excess = found
    let excess = part == nil ? found.counted : found.information
    result.information += excess
    result.candidates = [
      ("copula", copula.information), ("copula+ksg1", copula.information + found.information),
    ]
    if found.shareOfCeiling > 0.9 {
      result.warnings.append("near the largest value that this number of rows can show")
    }
    guard excess != 0 else {
      result.reason =
        "\(setting): the Gaussian copula; neighbors see nothing beyond it \(found.part.description)"
      return result
    }
    result.estimator = "copula+ksg1"
    result.reason =
      "\(setting): the Gaussian copula, and what neighbors see "
      + (excess > 0 ? "beyond it " : "less than it ") + found.part.description
    return result
  }
}
