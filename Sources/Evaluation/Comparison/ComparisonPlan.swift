import LinearAlgebra

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
  ///   - resampled: scores of each method from this bootstrap, where they are known already.
  ///   - threads: bootstrap runs at a time, default 1; the result does not depend on it.
  public func comparisons(
    of methods: [MethodPredictions], labels: [Int], resampled known: [[Double]]? = nil,
    threads: Int = 1
  ) throws -> [Comparison] {
    guard let reference = methods.first(where: { $0.name == self.reference }) else { return [] }
    var resampled = known ?? [[Double]?](repeating: nil, count: methods.count)
    if known == nil, let bootstrap, let classMetric = metric as? any ClassMetric {
      resampled = parallelMap(count: methods.count, threads: threads) { index in
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
      difference: test.difference, standardError: test.standardError, p: test.p,
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
