import LinearAlgebra

/// An estimate with its interval and test, as `mi` and `audit` report it.
public struct InformationMeasurement: Sendable {
  /// The point estimate, in nats.
  public let estimate: InformationEstimate
  /// Number of rows.
  public let rowCount: Int
  /// Columns of x.
  public let dimensionX: Int
  /// Columns of y.
  public let dimensionY: Int
  /// Standard error in nats; nil where it cannot be had.
  public let standardError: Double?
  /// Interval in nats; nil where it cannot be had.
  public let interval: (lower: Double, upper: Double)?
  /// Permutation p of independence; nil without permutations.
  public let p: Double?
  /// Warnings of the estimator, and of the measurement.
  public let warnings: [String]
}

/// Measures I(x; y) with uncertainty: a delete-block jackknife for the interval, permutations for the
/// test.
///
/// What was fitted on other rows than it is evaluated on (classifier, networks) is not fitted again:
/// the interval is that of the mean of row terms, and rows are permuted within the parts that one
/// fit is evaluated on. Such an interval is about what these fits show of I(x; y), a lower bound.
public struct InformationMeasurer: Sendable {
  /// Level of the interval, default .95; nil for no interval and no standard error.
  public var confidence: Double?
  /// Permutations of the test, default 0 for none.
  public var permutations: Int
  /// Blocks of the jackknife, default 20.
  public var blocks: Int
  /// Stratum of each row; permutations stay within one.
  public var groups: [Int]?
  /// Streams: `mi/jackknife`, `mi/permutation`, `mi/bootstrap`.
  public var streams: RandomStreams
  /// Threads; results do not depend on it.
  public var threads: Int

  /// A measurer.
  public init(
    confidence: Double? = 0.95, permutations: Int = 0, blocks: Int = 20, groups: [Int]? = nil,
    streams: RandomStreams = RandomStreams(seed: 1), threads: Int = 1
  ) {
    self.confidence = confidence
    self.permutations = permutations
    self.blocks = blocks
    self.groups = groups
    self.streams = streams
    self.threads = threads
  }

  /// Measures I(x; y).
  ///
  /// - Throws: ``MutualInformationError`` if the estimate itself cannot be had.
  public func measure(
    _ x: Variable, _ y: Variable, with estimator: any MutualInformationEstimator
  ) throws -> InformationMeasurement {
    var (chosen, left, right) = (estimator, x, y)
    if let automatic = estimator as? AutomaticEstimator {
      try checkVariables(x, y)
      (chosen, left, right) = automatic.resolved(x, y)
    }
    let estimate = try chosen.estimate(left, right)
    let (error, interval) = uncertainty(of: estimate, chosen.source(of: estimate), left, right)
    var warnings = estimate.warnings
    if case .classes(let classes) = right {
      let entropy = plugInEntropy(counts: ContingencyTable(classes, classes).firstCounts)
      if estimate.information > entropy + 2 * (error ?? 0) {
        warnings.append("the estimate exceeds the label's entropy")
      }
    }
    return InformationMeasurement(
      estimate: estimate, rowCount: x.rowCount, dimensionX: x.dimension, dimensionY: y.dimension,
      standardError: error, interval: interval,
      p: permutations > 0 ? try permutationP(of: estimate, chosen.candidates, left, right) : nil,
      warnings: warnings)
  }

  private func uncertainty(
    of estimate: InformationEstimate, _ estimator: any MutualInformationEstimator, _ x: Variable,
    _ y: Variable
  ) -> (error: Double?, interval: (lower: Double, upper: Double)?) {
    guard let confidence else { return (nil, nil) }
    if let bound = estimate.crossFit?.bound {
      let interval = bound.interval(
        confidence: confidence, stream: streams.stream("mi/bootstrap"))
      return (bound.standardError, interval.map { (lower: $0.0, upper: $0.1) })
    }
    if let terms = estimate.heldOut?.rowTerms {
      let interval = meanInterval(
        terms, confidence: confidence, stream: streams.stream("mi/bootstrap"))
      return (meanStandardError(terms), interval.map { (lower: $0.0, upper: $0.1) })
    }
    // A part of the rows can be too few where all of them were enough: then no error is given.
    guard
      let error = try? BlockJackknife(
        rowCount: x.rowCount, blocks: blocks, stream: streams.stream("mi/jackknife"),
        threads: threads,
        statistic: { rows in
          try estimator.estimate(x.selecting(rows: rows), y.selecting(rows: rows)).information
        }
      ).standardError
    else { return (nil, nil) }
    let width = normalQuantile(0.5 + confidence / 2) * error
    return (error, (estimate.information - width, estimate.information + width))
  }

  private func permutationP(
    of estimate: InformationEstimate, _ estimators: [any MutualInformationEstimator],
    _ x: Variable, _ y: Variable
  ) throws -> Double {
    let stream = streams.stream("mi/permutation")
    if let fit = estimate.crossFit {
      return PermutationTest.classifierP(
        probabilities: fit.probabilities, labels: fit.labels, folds: fit.folds,
        priors: fit.priors, permutations: permutations, stream: stream)
    }
    if let heldOut = estimate.heldOut {
      return try PermutationTest.p(
        rowCount: x.rowCount, permutations: permutations, groups: heldOut.strata(within: groups),
        stream: stream, threads: threads
      ) { [try heldOut.information(order: $0)] }
    }
    return try PermutationTest.p(
      rowCount: x.rowCount, permutations: permutations, groups: groups, stream: stream,
      threads: threads
    ) { order in
      let permuted = y.selecting(rows: order)
      return try estimators.map { try $0.estimate(x, permuted).information }
    }
  }
}
