import LinearAlgebra

/// One method against another on the same folds.
public struct Comparison: Equatable, Sendable {
  /// First method; the difference is its metric minus that of ``b``.
  public let a: String
  /// Second method.
  public let b: String
  /// Metric name, for example `macro_f1`.
  public let metric: String
  /// Number of folds (or draws) where the metric is defined for both.
  public let pairCount: Int
  /// Mean paired difference a - b.
  public let difference: Double
  /// Standard error of the difference under the design.
  public let standardError: Double
  /// Two-sided p of the paired test.
  public let p: Double
  /// p after Holm's correction over all comparisons with the reference.
  public internal(set) var pHolm: Double
  /// 95 % interval of the paired test.
  public let ci95: Interval
  /// 95 % percentile interval of the patient bootstrap on pooled predictions; nil for metrics that
  /// need probabilities.
  public let bootstrapCI95: Interval?
  /// The smallest gain that this design would have found with 80 % power.
  public let smallestDetectableGain: Double
  /// Whether all predictions are equal to the bit: no difference by construction.
  public let isIdentical: Bool
  /// Whether all differences are equal, so that p is a convention.
  public let isDegenerate: Bool
  /// Whether this is the contrast declared beforehand, which is tested by itself.
  public let isPrimary: Bool

  /// Whether a difference may be claimed: p < .05 (Holm's, except for the primary contrast), and
  /// the bootstrap interval, where there is one, excludes 0.
  public var showsDifference: Bool {
    guard !isIdentical, (isPrimary ? p : pHolm) < 0.05 else { return false }
    return bootstrapCI95.map { !$0.contains(0) } ?? true
  }
}

/// Compares methods with a reference over their common folds.
public struct ComparisonPlan: Sendable {
  /// Name of the reference: the first of the primary contrast.
  public var reference: String
  /// Second of the primary contrast, or nil.
  public var primaryOpponent: String?
  /// The metric.
  public var metric: any Metric
  /// Whether folds are independent draws on a common test set rather than cross-validation.
  public var hasIndependentDraws: Bool
  /// The bootstrap; nil leaves it out.
  public var bootstrap: PatientBootstrap?

  /// A plan; macro-F1 over cross-validation folds by default.
  public init(
    reference: String, primaryOpponent: String? = nil, metric: any Metric = MacroF1(),
    hasIndependentDraws: Bool = false, bootstrap: PatientBootstrap?
  ) {
    self.reference = reference
    self.primaryOpponent = primaryOpponent
    self.metric = metric
    self.hasIndependentDraws = hasIndependentDraws
    self.bootstrap = bootstrap
  }

  /// The reference against each other method, in the order given, with Holm's correction.
  ///
  /// Folds are paired by repeat and fold; one that either method lacks, or where the metric is
  /// undefined, is left out. A method with fewer than two common folds is left out.
  ///
  /// - Parameters:
  ///   - methods: all methods; the reference among them (else the result is empty).
  ///   - labels: class of each row of the cohort.
  ///   - threads: bootstrap runs at a time, default 1; the result does not depend on it.
  public func comparisons(
    of methods: [MethodPredictions], labels: [Int], threads: Int = 1
  ) throws -> [Comparison] {
    guard let reference = methods.first(where: { $0.name == self.reference }) else { return [] }
    var resampled = [[Double]?](repeating: nil, count: methods.count)
    if let bootstrap, let classMetric = metric as? any ClassMetric {
      resampled = try parallelMap(count: methods.count, threads: threads) { index in
        bootstrap.scores(of: methods[index], metric: classMetric)
      }
    }
    let own = methods.firstIndex { $0.name == self.reference } ?? 0
    var result = [Comparison]()
    for (index, method) in methods.enumerated() where method.name != reference.name {
      var interval: Interval?
      if let a = resampled[own], let b = resampled[index] {
        interval = PatientBootstrap.interval(a, minus: b)
      }
      if let comparison = compare(reference, method, labels: labels, bootstrap: interval) {
        result.append(comparison)
      }
    }
    for (index, p) in MultipleTesting.holm(result.map(\.p)).enumerated() { result[index].pHolm = p }
    return result
  }

  private func compare(
    _ a: MethodPredictions, _ b: MethodPredictions, labels: [Int], bootstrap: Interval?
  ) -> Comparison? {
    let common = pairs(a, b)
    let (first, second) = (
      common.a.values(of: metric, labels: labels),
      common.b.values(of: metric, labels: labels)
    )
    let differences = zip(first, second).compactMap { pair -> Double? in
      guard let x = pair.0, let y = pair.1 else { return nil }
      return x - y
    }
    let design: ReplicateDesign =
      hasIndependentDraws
      ? .independentDraws : .crossValidation(testTrainRatio: common.a.testTrainRatio)
    guard let test = PairedTest(differences: differences, design: design) else { return nil }
    return Comparison(
      a: a.name, b: b.name, metric: metric.name, pairCount: differences.count,
      difference: test.difference, standardError: test.standardError, p: test.p, pHolm: test.p,
      ci95: test.interval(), bootstrapCI95: bootstrap,
      smallestDetectableGain: test.smallestDetectableDifference(),
      isIdentical: a.hasSamePredictions(as: b), isDegenerate: test.isDegenerate,
      isPrimary: b.name == primaryOpponent)
  }

  /// Both methods on the folds they share.
  private func pairs(
    _ a: MethodPredictions, _ b: MethodPredictions
  ) -> (a: MethodPredictions, b: MethodPredictions) {
    func key(_ fold: MethodPredictions.Fold) -> [Int] { [fold.repeat, fold.fold] }
    let (inA, inB) = (Set(a.folds.map(key)), Set(b.folds.map(key)))
    return (
      MethodPredictions(name: a.name, folds: a.folds.filter { inB.contains(key($0)) }),
      MethodPredictions(name: b.name, folds: b.folds.filter { inA.contains(key($0)) })
    )
  }
}
