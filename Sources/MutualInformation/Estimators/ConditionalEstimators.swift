import LinearAlgebra

/// An estimator that can also hold a third variable fixed.
public protocol ConditionalInformationEstimator: MutualInformationEstimator {
  /// Estimates I(x; y | z) in nats, unclipped.
  ///
  /// 0 with a warning where x or y is the same in all rows.
  /// - Throws: ``MutualInformationError`` `.unsupportedVariable` for a kind of variable that it does
  ///   not take, and what its formula says.
  func estimate(
    _ x: Variable, _ y: Variable, given z: Variable
  ) throws(MutualInformationError) -> InformationEstimate
}

/// ``settledEstimate(_:_:estimator:)``, with z checked as well.
private func settledEstimate(
  _ x: Variable, _ y: Variable, given z: Variable, estimator: String
) throws(MutualInformationError) -> InformationEstimate? {
  try checkVariables([x, y, z])
  return try settledEstimate(x, y, estimator: estimator)
}

private func kinds(_ variables: Variable...) -> String {
  variables.map(\.kind).joined(separator: ", ")
}

extension KSGEstimator: ConditionalInformationEstimator {
  /// ``conditionalKSGInformation(_:_:given:neighbors:norm:threads:)``: the first variant's rule,
  /// whichever was asked for. Where more than 1 % of rows have a tied k-th distance the mixed
  /// estimator answers instead, with a warning.
  public func estimate(
    _ x: Variable, _ y: Variable, given z: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    let name = "ksg1"
    if let settled = try settledEstimate(x, y, given: z, estimator: name) { return settled }
    guard case .numbers(let left) = x, case .numbers(let right) = y, case .numbers(let held) = z
    else { throw .unsupportedVariable(kinds(x, y, z), expected: "numbers on all three sides") }
    func neighborhoods(
      _ scale: (Matrix) -> Matrix
    ) throws(MutualInformationError) -> ConditionalNeighborhoods {
      try ConditionalNeighborhoods(
        scale(left), scale(right), given: scale(held), neighbors: options.neighbors ?? 3,
        norm: options.norm ?? .chebyshev, threads: options.threads)
    }
    var result = try neighborhoods(options.scaled)
    if result.tiedShare > 0.01 {
      var mixed = try MixedKSGEstimator(options).estimate(x, y, given: z)
      mixed.warnings.insert(tiedWarning, at: 0)
      return mixed
    }
    if usesNormalScores { result = try neighborhoods(normalScores) }
    var warnings = [String]()
    if left.columnCount + right.columnCount + held.columnCount > 6 {
      warnings.append("conditional neighbor estimates are biased low above six columns")
    }
    return InformationEstimate(
      information: result.information, estimator: name, warnings: warnings)
  }
}

extension MixedKSGEstimator: ConditionalInformationEstimator {
  /// ``conditionalMixedInformation(_:_:given:neighbors:threads:)``.
  public func estimate(
    _ x: Variable, _ y: Variable, given z: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, given: z, estimator: name) { return settled }
    let information = try conditionalMixedInformation(
      points(x), points(y), given: points(z), neighbors: options.neighbors ?? 3,
      threads: options.threads)
    return InformationEstimate(information: information, estimator: name)
  }
}

extension DiscreteEstimator: ConditionalInformationEstimator {
  /// ``conditionalDiscreteInformation(_:_:given:correction:)``. A single column of whole numbers
  /// counts as classes.
  public func estimate(
    _ x: Variable, _ y: Variable, given z: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, given: z, estimator: name) { return settled }
    guard let first = x.asClasses, let second = y.asClasses, let held = z.asClasses else {
      throw .unsupportedVariable(kinds(x, y, z), expected: "classes, or columns of whole numbers")
    }
    let information = try conditionalDiscreteInformation(
      first, second, given: held, correction: correction)
    return InformationEstimate(information: information, estimator: name)
  }
}

extension GaussianEstimator: ConditionalInformationEstimator {
  /// ``CorrelationInformation/estimate(_:_:given:)``.
  public func estimate(
    _ x: Variable, _ y: Variable, given z: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, given: z, estimator: name) { return settled }
    guard case .numbers(let left) = x, case .numbers(let right) = y, case .numbers(let held) = z
    else { throw .unsupportedVariable(kinds(x, y, z), expected: "numbers on all three sides") }
    let result = try rule.estimate(left, right, given: held)
    return InformationEstimate(
      information: result.information, estimator: name, warnings: result.warnings)
  }
}
