import LinearAlgebra

/// What to do where there are fewer than five rows per column.
public enum DimensionReduction: String, Sendable, CaseIterable {
  /// Reduce each side to max(1, min(5, ⌊n/20⌋)) principal components.
  case principalComponents
  /// Shrink the joint covariance (Ledoit–Wolf), and take the bias from 20 permutations of y.
  case shrinkage
  /// Neither; the bias formula must apply.
  case none
}

/// A Gaussian estimate with what it rests on.
public struct GaussianEstimate: Equatable, Sendable {
  /// Estimate less its bias, in nats; may be negative.
  public let information: Double
  /// What was subtracted.
  public let bias: Double
  /// Dimensions compared.
  public let dimensions: (x: Int, y: Int)
  /// What is to be told with it.
  public let warnings: [String]

  /// Equal estimates.
  public static func == (a: GaussianEstimate, b: GaussianEstimate) -> Bool {
    a.information == b.information && a.bias == b.bias && a.dimensions == b.dimensions
      && a.warnings == b.warnings
  }
}

/// A Gaussian estimate with the columns compared and their canonical analysis.
struct CorrelationFit: Sendable {
  let x: Matrix
  let y: Matrix
  let analysis: CanonicalAnalysis
  let estimate: GaussianEstimate
}

/// Gaussian (canonical correlation) information less its bias, after normal scores for the Gaussian
/// copula.
public struct CorrelationInformation: Sendable {
  /// Whether columns are first mapped to normal scores; default true.
  public var usesNormalScores: Bool
  /// Rule where n < 5(d_x + d_y); default principal components.
  public var reduction: DimensionReduction
  /// Largest number of dimensions of each side, kept by principal components; nil for no limit.
  /// Centred log-probabilities of C classes have C - 1.
  public var maximumDimension: Int?
  /// Stream for the permutations of ``DimensionReduction/shrinkage``.
  public var stream: RandomStream

  /// An estimator; copula by default.
  public init(
    usesNormalScores: Bool = true, reduction: DimensionReduction = .principalComponents,
    maximumDimension: Int? = nil, stream: RandomStream = RandomStream(seed: 0, name: "mi/shrinkage")
  ) {
    self.usesNormalScores = usesNormalScores
    self.reduction = reduction
    self.maximumDimension = maximumDimension
    self.stream = stream
  }

  /// Estimates I(x; y).
  ///
  /// - Parameters:
  ///   - x: n × d_x, finite; n × d_y for `y`.
  /// - Complexity: O(n (d_x² + d_y²)).
  /// - Throws: ``MutualInformationError`` `.tooFewRows`, `.unequalRows`, `.numericalFailure`.
  public func estimate(_ x: Matrix, _ y: Matrix) throws(MutualInformationError) -> GaussianEstimate
  {
    let compared = try compared(x, y)
    if reduction == .shrinkage, Self.isWide(compared.x, compared.y) {
      return try shrunk(compared.x, compared.y)
    }
    return try fit(compared).estimate
  }

  /// The estimate with the canonical analysis that it rests on; never shrunk.
  func fit(_ x: Matrix, _ y: Matrix) throws(MutualInformationError) -> CorrelationFit {
    try fit(try compared(x, y))
  }

  private typealias Compared = (x: Matrix, y: Matrix, warnings: [String])

  /// The columns that are compared: scores, reduced where the rule says so.
  private func compared(_ x: Matrix, _ y: Matrix) throws(MutualInformationError) -> Compared {
    guard x.rowCount == y.rowCount else { throw .unequalRows(x.rowCount, y.rowCount) }
    let n = x.rowCount
    guard n >= 4 else { throw .tooFewRows(n, needed: 4) }
    var (left, right) = usesNormalScores ? (normalScores(x), normalScores(y)) : (x, y)
    if let limit = maximumDimension {
      (left, right) = (try reduced(left, to: limit), try reduced(right, to: limit))
    }
    var warnings = [String]()
    if reduction == .principalComponents, Self.isWide(left, right) {
      let count = max(1, min(5, n / 20))
      if max(left.columnCount, right.columnCount) > count {
        warnings.append(
          "fewer than five rows per column: reduced to \(count) principal component(s) a side")
      }
      (left, right) = (try reduced(left, to: count), try reduced(right, to: count))
    }
    return (left, right, warnings)
  }

  private static func isWide(_ x: Matrix, _ y: Matrix) -> Bool {
    x.rowCount < 5 * (x.columnCount + y.columnCount)
  }

  private func fit(_ compared: Compared) throws(MutualInformationError) -> CorrelationFit {
    let (left, right) = (compared.x, compared.y)
    var warnings = compared.warnings
    let n = left.rowCount
    let analysis = try CanonicalAnalysis(left, right)
    guard
      let bias = gaussianInformationBias(
        rows: n, dimensionX: analysis.rankX, dimensionY: analysis.rankY)
    else { throw .tooFewRows(n, needed: analysis.rankX + analysis.rankY + 2) }
    if analysis.isSingular { warnings.append("one side determines part of the other") }
    return CorrelationFit(
      x: left, y: right, analysis: analysis,
      estimate: GaussianEstimate(
        information: analysis.information - bias, bias: bias,
        dimensions: (analysis.rankX, analysis.rankY), warnings: warnings))
  }

  private func reduced(_ matrix: Matrix, to count: Int) throws(MutualInformationError) -> Matrix {
    matrix.columnCount > count ? try principalScores(matrix, count: count) : matrix
  }

  /// ½[ln|Σ_x| + ln|Σ_y| - ln|Σ|] of the shrunk correlation matrix, less its mean over
  /// permutations of y.
  private func shrunk(
    _ x: Matrix, _ y: Matrix
  ) throws(MutualInformationError) -> GaussianEstimate {
    let (left, right) = (unitColumns(x), unitColumns(y))
    guard left.columnCount > 0, right.columnCount > 0 else {
      return GaussianEstimate(information: 0, bias: 0, dimensions: (0, 0), warnings: [])
    }
    let plugIn = try shrunkInformation(left, right)
    var stream = stream
    var permuted = [Double]()
    for _ in 0..<20 {
      let order = stream.permutation(y.rowCount)
      permuted.append(try shrunkInformation(left, right.selecting(rows: order)))
    }
    let bias = orderedMean(permuted)
    return GaussianEstimate(
      information: plugIn - bias, bias: bias, dimensions: (left.columnCount, right.columnCount),
      warnings: ["fewer than five rows per column: shrunk, bias from 20 permutations"])
  }
}

private func shrunkInformation(_ x: Matrix, _ y: Matrix) throws(MutualInformationError) -> Double {
  let covariance = LedoitWolf(Matrix.horizontal([x, y]), isCentered: true).covariance()
  let onX = Array(0..<x.columnCount)
  let onY = Array(x.columnCount..<covariance.columnCount)
  func logDeterminant(_ columns: [Int]) throws(LinearAlgebraError) -> Double {
    try CholeskyFactor(covariance.selecting(rows: columns).selecting(columns: columns))
      .logDeterminant
  }
  do {
    return 0.5 * (try logDeterminant(onX) + logDeterminant(onY) - logDeterminant(onX + onY))
  } catch {
    throw .numericalFailure(error.message)
  }
}

/// Columns centred and scaled to variance 1; those that are constant, but for rounding, are dropped.
private func unitColumns(_ matrix: Matrix) -> Matrix {
  let centered = matrix.centeringColumns()
  let deviations = (0..<matrix.columnCount).map { j in
    let column = centered.column(j)
    let scale = squaringScale(ofLargest: column.reduce(0) { max($0, abs($1)) })
    return orderedMean(column.map { ($0 * scale) * ($0 * scale) }).squareRoot() / scale
  }
  let kept = deviations.indices.filter {
    deviations[$0] > 0 && variesBeyondRounding(matrix.column($0))
  }
  var result = centered.selecting(columns: kept)
  for (position, j) in kept.enumerated() {
    for i in 0..<result.rowCount { result[i, position] /= deviations[j] }
  }
  return result
}
