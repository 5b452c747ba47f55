import LinearAlgebra

/// `discrete`: classes with classes, plug-in with Miller and Madow's correction.
public struct DiscreteEstimator: MutualInformationEstimator {
  /// The discrete estimator.
  public init() {}

  /// `discrete`.
  public var name: String { "discrete" }

  /// ``ContingencyTable/millerMadow``. A single column of whole numbers counts as classes.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    guard let first = x.asClasses, let second = y.asClasses else {
      throw .unsupportedVariable(
        "\(x.kind) and \(y.kind)", expected: "classes, or one column of whole numbers")
    }
    return InformationEstimate(
      information: ContingencyTable(first, second).millerMadow, estimator: name)
  }
}

/// `gaussian`, `copula`: numbers with numbers, less the bias.
public struct GaussianEstimator: MutualInformationEstimator {
  /// `gaussian` or `copula`.
  public let name: String
  private let rule: CorrelationInformation

  /// A Gaussian estimator, with or without normal scores.
  public init(
    name: String, usesNormalScores: Bool, _ options: EstimatorOptions = EstimatorOptions()
  ) {
    self.name = name
    rule = CorrelationInformation(
      usesNormalScores: usesNormalScores, stream: options.streams.stream("mi/shrinkage"))
  }

  /// ``CorrelationInformation``.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    guard case .numbers(let left) = x, case .numbers(let right) = y else {
      throw .unsupportedVariable("\(x.kind) and \(y.kind)", expected: "numbers on both sides")
    }
    let result = try rule.estimate(left, right)
    return InformationEstimate(
      information: result.information, estimator: name, warnings: result.warnings)
  }
}

extension Variable {
  /// Classes as they are, or one column of whole numbers renumbered in ascending order; nil
  /// otherwise.
  var asClasses: [Int]? {
    switch self {
    case .classes(let classes): return classes
    case .numbers(let matrix):
      guard matrix.columnCount == 1, matrix.values.allSatisfy({ $0 == $0.rounded() })
      else { return nil }
      let levels = Set(matrix.values).sorted()
      var position = [Double: Int]()
      for (index, level) in levels.enumerated() { position[level] = index }
      return matrix.values.map { position[$0] ?? 0 }
    }
  }
}
