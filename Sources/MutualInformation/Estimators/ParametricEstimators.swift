import LinearAlgebra

/// `discrete`: classes with classes, from entropies corrected for the number of rows.
public struct DiscreteEstimator: MutualInformationEstimator {
  let correction: EntropyCorrection?

  /// The discrete estimator.
  ///
  /// - Parameter correction: of each entropy; nil (default) takes what suits the table,
  ///   ``ContingencyTable/suitedCorrection``.
  public init(correction: EntropyCorrection? = nil) { self.correction = correction }

  /// `discrete`.
  public var name: String { "discrete" }

  /// ``ContingencyTable/information(_:)``. A single column of whole numbers counts as classes.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    guard let first = x.asClasses, let second = y.asClasses else {
      throw .unsupportedVariable(
        "\(x.kind) and \(y.kind)", expected: "classes, or one column of whole numbers")
    }
    let table = ContingencyTable(first, second)
    var warnings = [String]()
    if table.total < table.occupied[0] * table.occupied[1] {
      warnings.append("fewer rows than pairs of classes: the estimate is rough")
    }
    return InformationEstimate(
      information: table.information(correction ?? table.suitedCorrection), estimator: name,
      warnings: warnings)
  }
}

/// `gaussian`, `copula`: numbers with numbers, less the bias.
public struct GaussianEstimator: MutualInformationEstimator {
  /// `gaussian` or `copula`.
  public let name: String
  let rule: CorrelationInformation

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
