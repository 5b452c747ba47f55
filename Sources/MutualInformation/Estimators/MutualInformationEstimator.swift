import LinearAlgebra

/// An estimator of I(x; y) in nats.
///
/// To add one: conform a type, and add it to ``MutualInformationRegistry``.
public protocol MutualInformationEstimator: Sendable {
  /// Name as in `mi --estimator`, for example `ksg1`.
  var name: String { get }

  /// Estimates I(x; y), unclipped.
  ///
  /// - Throws: ``MutualInformationError`` `.unsupportedVariable` for a kind of variable that it does
  ///   not take, and what its formula says.
  func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate

  /// The estimators between whose values it chooses; itself alone, unless it does. A test looks at all
  /// of them, an interval at the one that gave the estimate.
  var candidates: [any MutualInformationEstimator] { get }

  /// The estimator behind an estimate, as an interval and further terms take it: the candidate of that
  /// name, unless it says otherwise.
  func source(of estimate: InformationEstimate) -> any MutualInformationEstimator
}

extension MutualInformationEstimator {
  /// Itself.
  public var candidates: [any MutualInformationEstimator] { [self] }

  /// The candidate that gave an estimate.
  public func source(of estimate: InformationEstimate) -> any MutualInformationEstimator {
    candidates.first { $0.name == estimate.estimator } ?? self
  }
}

/// A point estimate.
public struct InformationEstimate: Sendable {
  /// Nats, unclipped: a negative value shows the noise.
  public var information: Double
  /// Name of the estimator that gave it.
  public var estimator: String
  /// What is to be told with it.
  public var warnings: [String]
  /// Values of the estimators that were chosen from, in nats; empty without a choice.
  public var candidates: [(estimator: String, information: Double)]
  /// Why this estimator, in words; nil where it was asked for.
  public var reason: String?
  /// The classifier behind a cross-fitted bound.
  public var crossFit: CrossFit?
  /// Information looked for beyond the copula.
  var excess: PartialExcess?
  /// What an interval and a test need where networks were fitted on other rows; nil else.
  public var heldOut: HeldOutEstimate?

  /// An estimate.
  public init(
    information: Double, estimator: String, warnings: [String] = [],
    candidates: [(estimator: String, information: Double)] = [], reason: String? = nil,
    crossFit: CrossFit? = nil, heldOut: HeldOutEstimate? = nil
  ) {
    self.information = information
    self.estimator = estimator
    self.warnings = warnings
    self.candidates = candidates
    self.reason = reason
    self.crossFit = crossFit
    self.heldOut = heldOut
  }
}

/// Settings that estimators share.
public struct EstimatorOptions: Sendable {
  /// k of neighbor estimators; nil is 3, and 5 under `auto`.
  public var neighbors: Int?
  /// Norm of neighbor estimators; nil is Chebyshev for KSG and Euclidean for Ross.
  public var norm: DistanceNorm?
  /// Whether columns are scaled to variance 1 before distances are taken; default true.
  public var standardizes: Bool
  /// Threads; results do not depend on it.
  public var threads: Int
  /// Streams for estimators that draw (folds, permutations).
  public var streams: RandomStreams

  /// Defaults: standardised, one thread, seed 1.
  public init(
    neighbors: Int? = nil, norm: DistanceNorm? = nil, standardizes: Bool = true, threads: Int = 1,
    streams: RandomStreams = RandomStreams(seed: 1)
  ) {
    self.neighbors = neighbors
    self.norm = norm
    self.standardizes = standardizes
    self.threads = threads
    self.streams = streams
  }

  /// The matrix as distances are to see it.
  func scaled(_ matrix: Matrix) -> Matrix {
    standardizes ? matrix.standardizingColumns() : matrix
  }
}

/// The estimators by name.
public enum MutualInformationRegistry {
  private static let makers:
    [(name: String, make: @Sendable (EstimatorOptions) -> any MutualInformationEstimator)] = [
      ("auto", { AutomaticEstimator($0) }),
      ("ksg1", { KSGEstimator(.first, $0) }),
      ("ksg2", { KSGEstimator(.second, $0) }),
      ("ross", { RossEstimator($0) }),
      ("mixed", { MixedKSGEstimator($0) }),
      ("discrete", { _ in DiscreteEstimator() }),
      ("gaussian", { GaussianEstimator(name: "gaussian", usesNormalScores: false, $0) }),
      ("copula", { GaussianEstimator(name: "copula", usesNormalScores: true, $0) }),
      ("latent", { LatentEstimator($0) }),
      ("mine", { CriticEstimator(.mine, $0) }),
      ("infonce", { CriticEstimator(.infonce, $0) }),
      ("classifier", { ClassifierEstimator($0) }),
    ]

  /// Names, `auto` first.
  public static let names: [String] = makers.map(\.name)

  /// The estimator of that name, or nil.
  public static func estimator(
    named name: String, options: EstimatorOptions = EstimatorOptions()
  ) -> (any MutualInformationEstimator)? {
    makers.first { $0.name == name }?.make(options)
  }
}

extension Matrix {
  /// Columns centred and divided by their standard deviation (divisor n - 1); one that does not vary
  /// becomes 0.
  func standardizingColumns() -> Matrix {
    var result = centeringColumns()
    guard rowCount > 1 else { return result }
    for j in 0..<columnCount {
      let column = result.column(j)
      let isConstant = column.allSatisfy { $0 == column[0] }
      // A power of two taken out, so that squares neither overflow nor vanish.
      let largest = column.reduce(0) { max($0, abs($1)) }
      let unit = largest > 0 ? largest.binade : 1
      let squares = orderedSum(column.map { ($0 / unit) * ($0 / unit) })
      let deviation = unit * (squares / Double(rowCount - 1)).squareRoot()
      for i in 0..<rowCount { result[i, j] = isConstant ? 0 : column[i] / deviation }
    }
    return result
  }
}
