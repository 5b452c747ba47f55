import LinearAlgebra

/// `auto`: the estimator that suits the variables.
///
/// A table of one column with at most min(20, √n) distinct whole numbers counts as classes. Then:
/// classes with classes `discrete`; classes with up to 5 columns `ross`, with more `classifier`; a
/// column with more than 5 % of its rows at one value `mixed`; other numbers the larger of `ksg1`
/// (after normal scores) and `copula`. The larger of two is biased upward near 0; a test permutes
/// both, and the interval is that of the one chosen.
public struct AutomaticEstimator: MutualInformationEstimator {
  private let options: EstimatorOptions

  /// A choice with 5 neighbors by default.
  public init(_ options: EstimatorOptions = EstimatorOptions()) {
    var options = options
    options.neighbors = options.neighbors ?? 5
    self.options = options
  }

  /// `auto`.
  public var name: String { "auto" }

  /// The estimate of the chosen estimator, under its name.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    try checkVariables(x, y)
    let (left, right) = (recognized(x), recognized(y))
    return try choice(left, right).estimate(left, right)
  }

  /// The estimator for these variables, and the variables as it takes them.
  public func resolved(
    _ x: Variable, _ y: Variable
  ) -> (estimator: any MutualInformationEstimator, x: Variable, y: Variable) {
    let (left, right) = (recognized(x), recognized(y))
    return (choice(left, right), left, right)
  }

  private func choice(_ x: Variable, _ y: Variable) -> any MutualInformationEstimator {
    switch (x, y) {
    case (.classes, .classes): return DiscreteEstimator()
    case (.numbers(let matrix), .classes), (.classes, .numbers(let matrix)):
      if matrix.columnCount > 5 { return ClassifierEstimator(options) }
      return hasHeapedColumn(matrix) ? MixedKSGEstimator(options) : RossEstimator(options)
    case (.numbers(let left), .numbers(let right)):
      return hasHeapedColumn(left) || hasHeapedColumn(right)
        ? MixedKSGEstimator(options) : LargerEstimator(options)
    }
  }

  /// Few distinct whole numbers in one column are classes.
  private func recognized(_ variable: Variable) -> Variable {
    guard case .numbers(let matrix) = variable, matrix.columnCount == 1,
      let classes = variable.asClasses
    else { return variable }
    let limit = min(20, Double(matrix.rowCount).squareRoot())
    return Double((classes.max() ?? 0) + 1) <= limit ? .classes(classes) : variable
  }

  /// Whether some column has more than 5 % of its rows at one value (and more than one row).
  private func hasHeapedColumn(_ matrix: Matrix) -> Bool {
    (0..<matrix.columnCount).contains { j in
      let sorted = matrix.column(j).sorted()
      var run = 0
      for (position, value) in sorted.enumerated() {
        run = position > 0 && sorted[position - 1] == value ? run + 1 : 1
        if run > 1, Double(run) > 0.05 * Double(sorted.count) { return true }
      }
      return false
    }
  }
}

/// The larger of KSG1 after normal scores and the corrected Gaussian copula, both shown.
struct LargerEstimator: MutualInformationEstimator {
  let options: EstimatorOptions

  init(_ options: EstimatorOptions) { self.options = options }

  var name: String { "auto" }

  var candidates: [any MutualInformationEstimator] {
    [
      KSGEstimator(.first, options, usesNormalScores: true),
      GaussianEstimator(name: "copula", usesNormalScores: true, options),
    ]
  }

  func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    let (neighbor, copula) = (
      try candidates[0].estimate(x, y), try candidates[1].estimate(x, y)
    )
    var larger = neighbor.information > copula.information ? neighbor : copula
    larger.candidates = [neighbor, copula].map { ($0.estimator, $0.information) }
    larger.warnings.append("the larger of two estimates: biased upward near 0")
    return larger
  }
}
