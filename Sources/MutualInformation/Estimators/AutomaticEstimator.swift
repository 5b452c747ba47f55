import LinearAlgebra

/// `auto`: the estimator that suits the variables, with the reason in words.
///
/// A table of one column with at most min(20, √n) distinct whole numbers counts as classes. Then:
/// classes with classes `discrete`; classes with up to 5 columns `ross`, with more `classifier`; a
/// column with more than 5 % of its rows at one value `parts`, by the chain rule; other numbers the
/// Gaussian copula and what neighbors see beyond it (`copula`, `copula+ksg1`); tables whose rows
/// repeat the larger of `mixed` and `copula`.
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
    let (chosen, left, right) = resolved(x, y)
    return try chosen.estimate(left, right)
  }

  /// The estimator for these variables, and the variables as it takes them. Its estimates tell why it
  /// was chosen.
  public func resolved(
    _ x: Variable, _ y: Variable
  ) -> (estimator: any MutualInformationEstimator, x: Variable, y: Variable) {
    let (left, right) = (recognized(x), recognized(y))
    return (choice(left, right), left, right)
  }

  private func choice(_ x: Variable, _ y: Variable) -> any MutualInformationEstimator {
    switch (x, y) {
    case (.classes, .classes):
      return ChosenEstimator(DiscreteEstimator(), reason: "both sides are classes")
    case (.numbers(let matrix), .classes), (.classes, .numbers(let matrix)):
      return labelEstimator(matrix)
    case (.numbers(let left), .numbers(let right)):
      return x.isHeaped || y.isHeaped
        ? HeapedEstimator(options) : numbersEstimator(left, right, options)
    }
  }

  private func labelEstimator(_ matrix: Matrix) -> any MutualInformationEstimator {
    let columns = matrix.columnCount == 1 ? "one column" : "\(matrix.columnCount) columns"
    if matrix.columnCount > mostNeighborColumns {
      return ChosenEstimator(
        ClassifierEstimator(options),
        reason: "classes and \(columns), too many for neighbors: a classifier’s bound")
    }
    let isHeaped = (0..<matrix.columnCount).contains {
      Variable.numbers(matrix.selecting(columns: [$0])).isHeaped
    }
    guard isHeaped else {
      return ChosenEstimator(RossEstimator(options), reason: "classes and \(columns)")
    }
    return matrix.columnCount == 1
      ? HeapedEstimator(options)
      : ChosenEstimator(
        MixedKSGEstimator(options), reason: "classes and \(columns) with repeated values")
  }

  /// Few distinct whole numbers in one column are classes.
  private func recognized(_ variable: Variable) -> Variable {
    guard case .numbers(let matrix) = variable, matrix.columnCount == 1,
      let classes = variable.asClasses
    else { return variable }
    let limit = min(20, Double(matrix.rowCount).squareRoot())
    return Double((classes.max() ?? 0) + 1) <= limit ? .classes(classes) : variable
  }
}

/// Columns beyond which neighbors of classes are left for a classifier.
let mostNeighborColumns = 5

/// The estimator of `auto` for numbers without heaps.
func numbersEstimator(
  _ x: Matrix, _ y: Matrix, _ options: EstimatorOptions
) -> any MutualInformationEstimator {
  x.hasRepeatedRows || y.hasRepeatedRows
    ? LargerEstimator(options) : CopulaExcessEstimator(options)
}

/// An estimator whose estimates tell why it was chosen.
struct ChosenEstimator: MutualInformationEstimator {
  private let base: any MutualInformationEstimator
  private let reason: String

  init(_ base: any MutualInformationEstimator, reason: String) {
    self.base = base
    self.reason = reason
  }

  var name: String { base.name }
  var candidates: [any MutualInformationEstimator] { base.candidates }

  func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    var result = try base.estimate(x, y)
    result.reason = reason
    return result
  }
}

/// The larger of the mixed estimator and the corrected Gaussian copula, both shown.
struct LargerEstimator: MutualInformationEstimator {
  let options: EstimatorOptions

  init(_ options: EstimatorOptions) { self.options = options }

  var name: String { "auto" }

  var candidates: [any MutualInformationEstimator] {
    [
      MixedKSGEstimator(options),
      GaussianEstimator(name: "copula", usesNormalScores: true, options),
    ]
  }

  func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: "copula") { return settled }
    let (mixed, copula) = (
      try candidates[0].estimate(x, y), try candidates[1].estimate(x, y)
    )
    var larger = mixed.information > copula.information ? mixed : copula
    larger.candidates = [mixed, copula].map { ($0.estimator, $0.information) }
    larger.reason = "rows repeat: the larger of two estimates that stand ties"
    larger.warnings.append("the larger of two estimates: biased upward near 0")
    return larger
  }
}

extension Matrix {
  /// Whether more than 1 % of the rows repeat another.
  fileprivate var hasRepeatedRows: Bool {
    let repeated = rowCount - Set((0..<rowCount).map { Array(row($0)) }).count
    return Double(repeated) > 0.01 * Double(rowCount)
  }
}
