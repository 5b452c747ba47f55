import Cohort
import LinearAlgebra
import MutualInformation

/// Settings of ``TableInformation``.
public struct InformationOptions: Equatable, Sendable {
  /// Name of the estimator, one of `MutualInformationRegistry.names`; default `auto`.
  public var estimator: String
  /// k of neighbor estimators, ≥ 1; nil is 3, and 5 under `auto`.
  public var neighbors: Int?
  /// Norm of neighbor estimators; nil is Chebyshev, and Euclidean between numbers and classes.
  public var norm: DistanceNorm?
  /// Whether columns are scaled to variance 1 before distances are taken; default true.
  public var standardizes: Bool
  /// Permutations of the test of independence; default 0 for none.
  public var permutations: Int
  /// Level of the interval, between 0 and 1; default .95.
  public var confidence: Double
  /// Seed of all random streams; default 1.
  public var seed: UInt64

  /// The command line's defaults.
  public init(
    estimator: String = "auto", neighbors: Int? = nil, norm: DistanceNorm? = nil,
    standardizes: Bool = true, permutations: Int = 0, confidence: Double = 0.95, seed: UInt64 = 1
  ) {
    self.estimator = estimator
    self.neighbors = neighbors
    self.norm = norm
    self.standardizes = standardizes
    self.permutations = permutations
    self.confidence = confidence
    self.seed = seed
  }

  /// Checks name and ranges.
  ///
  /// - Throws: ``MutualInformationError`` `.unknownEstimator` with the nearest name,
  ///   `.optionOutOfRange`.
  public func check() throws(MutualInformationError) {
    let known = MutualInformationRegistry.names
    guard known.contains(estimator) else {
      throw MutualInformationError(
        code: .unknownEstimator, found: estimator,
        expected: "one of \(known.joined(separator: ", "))",
        remedy: nearestName(to: estimator, among: known).map { "did you mean \($0)?" } ?? "")
    }
    if let neighbors, neighbors < 1 {
      throw .optionOutOfRange("neighbors", found: "\(neighbors)", expected: "at least 1")
    }
    guard permutations >= 0 else {
      throw .optionOutOfRange("permutations", found: "\(permutations)", expected: "at least 0")
    }
    guard confidence > 0, confidence < 1 else {
      throw .optionOutOfRange(
        "confidence", found: "\(confidence)", expected: "a number between 0 and 1, such as 0.95")
    }
  }

  /// The estimator that was asked for; `auto` for a name that there is not.
  func makeEstimator(threads: Int) -> any MutualInformationEstimator {
    let options = EstimatorOptions(
      neighbors: neighbors, norm: norm, standardizes: standardizes, threads: threads,
      streams: RandomStreams(seed: seed))
    return MutualInformationRegistry.estimator(named: estimator, options: options)
      ?? AutomaticEstimator(options)
  }

  func measurer(threads: Int, isIntervalWanted: Bool = true) -> InformationMeasurer {
    InformationMeasurer(
      confidence: isIntervalWanted ? confidence : nil, permutations: permutations,
      streams: RandomStreams(seed: seed),
      threads: threads)
  }
}
