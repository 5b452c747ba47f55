import LinearAlgebra

/// `infonce`, `mine`: numbers of any dimension, with numbers or classes, by a critic that is trained
/// on other rows than those it is evaluated on. A lower bound; sees nonlinear dependence.
///
/// Held-out rows keep it from being optimistic: where there is too little data it falls towards 0
/// and below, never above the truth by more than noise. Simulations (decision 13) lie 3 to 18 % below
/// it with 10,000 rows and up to 20 columns of both sides; with 1,000 rows of 50 columns two fifths to
/// three quarters are missed. Neither bound shows more than about ln of the rows that are evaluated
/// together, at most 4,096; InfoNCE is trained on batches of 128, whose largest value is 4.85.
///
/// With fewer than 5,000 rows they are dealt into five folds, of which four train, since few rows
/// are worth more than time; from there on into two halves.
public struct CriticEstimator: MutualInformationEstimator {
  /// Rows that are evaluated against each other, so that time and memory do not grow with n².
  private static let largestStratum = 4096

  private let bound: CriticBound
  private let options: EstimatorOptions
  private let settings: NeuralTraining

  /// An estimator by that bound; its streams stand below `mi/` and its name.
  public init(_ bound: CriticBound, _ options: EstimatorOptions = EstimatorOptions()) {
    self.init(bound, options, settings: NeuralTraining())
  }

  /// The same with other networks or another training.
  package init(_ bound: CriticBound, _ options: EstimatorOptions, settings: NeuralTraining) {
    self.bound = bound
    self.options = options
    self.settings = settings
  }

  /// `infonce` or `mine`.
  public var name: String { bound.rawValue }

  /// The mean of the bound over folds, weighted by their rows, with
  /// ``InformationEstimate/heldOut``.
  ///
  /// - Complexity: up to 3,000 steps of O(batch · (d_x + d_y + batch)) a fold;
  ///   O(n min(n, 4096)) time and O(n) memory for the evaluation.
  /// - Throws: ``MutualInformationError`` `.unsupportedVariable` for classes on both sides,
  ///   `.tooFewRows` below 100 rows, `.numericalFailure` if training diverges.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    if case .classes = x, case .classes = y {
      throw .unsupportedVariable("classes on both sides", expected: "numbers on a side")
    }
    try checkRowsForNetworks(x.rowCount)
    let (left, right) = (try x.networkInput(), try y.networkInput())
    let streams = options.streams.scoped("mi/\(name)")
    let folds = CrossFolds(
      rowCount: x.rowCount, folds: x.rowCount < 5000 ? 5 : 2, stream: streams.stream("folds")
    ).folds
    let parts = try parallelMap(
      count: folds.count, threads: options.threads
    ) { [bound, settings] (index) throws(MutualInformationError) in
      let critic = try Critic.trained(
        bound, x: left, y: right, fold: folds[index], settings: settings,
        streams: streams.scoped("fold=\(index)"))
      return CriticEstimator.strata(of: folds[index].heldOut).map { rows in
        let features = critic.features(
          x: left.selecting(rows: rows), y: right.selecting(rows: rows))
        let evaluation = CriticEvaluation(bound, x: features.x, y: features.y)
        return HeldOutEstimate.Part(rows: rows, terms: evaluation.terms) { order in
          evaluation.information(order: order)
        }
      }
    }.flatMap { $0 }
    let heldOut = HeldOutEstimate(parts)
    let information = orderedMean(heldOut.rowTerms)
    var warnings = neuralWarnings(
      rows: x.rowCount, columns: left.columnCount + right.columnCount)
    let smallest = parts.reduce(Int.max) { min($0, $1.rows.count) }
    if information > 0.9 * logarithm(Double(smallest)) {
      warnings.append("near the largest value that this number of rows can show")
    }
    return InformationEstimate(
      information: information, estimator: name, warnings: warnings, heldOut: heldOut)
  }

  /// Rows in the fewest strata of at most ``largestStratum``, whose sizes differ by one at most.
  private static func strata(of rows: [Int]) -> [[Int]] {
    let count = (rows.count + largestStratum - 1) / largestStratum
    return (0..<count).map { index in
      Array(rows[(index * rows.count / count)..<((index + 1) * rows.count / count)])
    }
  }
}
