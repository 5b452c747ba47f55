import LinearAlgebra

/// `ksg1`, `ksg2`: numbers with numbers. Where more than 1 % of rows have a tied k-th distance the
/// mixed estimator answers instead, with a warning.
public struct KSGEstimator: MutualInformationEstimator {
  let variant: KSGVariant
  let options: EstimatorOptions
  let usesNormalScores: Bool

  /// A KSG estimator; 3 neighbors, Chebyshev, values as they are.
  ///
  /// - Parameter usesNormalScores: whether columns are mapped to normal scores. Ties are looked for
  ///   before, since scores share one grid and so have equal distances that mean nothing.
  public init(
    _ variant: KSGVariant, _ options: EstimatorOptions = EstimatorOptions(),
    usesNormalScores: Bool = false
  ) {
    self.variant = variant
    self.options = options
    self.usesNormalScores = usesNormalScores
  }

  /// `ksg1` or `ksg2`.
  public var name: String { "ksg\(variant.rawValue)" }

  /// ``ksgInformation(_:_:neighbors:variant:norm:threads:)``.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    guard case .numbers(let left) = x, case .numbers(let right) = y else {
      throw .unsupportedVariable("\(x.kind) and \(y.kind)", expected: "numbers on both sides")
    }
    var result = try neighborhoods(options.scaled(left), options.scaled(right))
    if result.tiedShare > 0.01 {
      var mixed = try MixedKSGEstimator(options).estimate(x, y)
      mixed.warnings.insert(tiedWarning, at: 0)
      return mixed
    }
    if usesNormalScores { result = try neighborhoods(normalScores(left), normalScores(right)) }
    let information = result.information
    var warnings = [String]()
    if information > 0.9 * result.ceiling {
      warnings.append("near the largest value that this number of rows can show")
    }
    if max(left.columnCount, right.columnCount) > 5 {
      warnings.append("neighbor estimates are biased low above five columns")
    }
    return InformationEstimate(information: information, estimator: name, warnings: warnings)
  }

  private func neighborhoods(
    _ x: Matrix, _ y: Matrix
  ) throws(MutualInformationError) -> KSGNeighborhoods {
    try KSGNeighborhoods(
      x, y, neighbors: options.neighbors ?? 3, variant: variant, norm: options.norm ?? .chebyshev,
      threads: options.threads)
  }
}

let edgeTiedWarning =
  "more than 1 % of the distances are tied above 0, as of counts: the estimate is biased low"

let tiedWarning = "more than 1 % of the distances are tied: the mixed estimator was used"

/// `mixed`: any variables; a class counts as one real coordinate.
public struct MixedKSGEstimator: MutualInformationEstimator {
  let options: EstimatorOptions

  /// A mixed estimator; 3 neighbors, Chebyshev.
  public init(_ options: EstimatorOptions = EstimatorOptions()) { self.options = options }

  /// `mixed`.
  public var name: String { "mixed" }

  /// ``mixedKSGInformation(_:_:neighbors:threads:)``.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    let neighborhoods = try MixedNeighborhoods(
      points(x), points(y), neighbors: options.neighbors ?? 3, threads: options.threads)
    return InformationEstimate(
      information: neighborhoods.information, estimator: name,
      warnings: neighborhoods.edgeTiedShare > 0.01 ? [edgeTiedWarning] : [])
  }

  /// Numbers scaled, classes as they are.
  func points(_ variable: Variable) -> Matrix {
    if case .numbers(let matrix) = variable { return options.scaled(matrix) }
    return variable.asNumbers
  }
}

let tiedRossWarning = "more than 1 % of the distances are tied: all tied rows count as neighbors"

/// `ross`: numbers with classes, in either order. Where more than 1 % of rows have a tied k-th
/// distance within their class, all tied rows count as neighbors, with a warning.
public struct RossEstimator: MutualInformationEstimator {
  private let options: EstimatorOptions

  /// A Ross estimator; 3 neighbors, Euclidean.
  public init(_ options: EstimatorOptions = EstimatorOptions()) { self.options = options }

  /// `ross`.
  public var name: String { "ross" }

  /// ``rossInformation(_:classes:neighbors:norm:threads:)``.
  public func estimate(
    _ x: Variable, _ y: Variable
  ) throws(MutualInformationError) -> InformationEstimate {
    if let settled = try settledEstimate(x, y, estimator: name) { return settled }
    let (matrix, classes) = try numbersAndClasses(x, y)
    let (scaled, k) = (options.scaled(matrix), options.neighbors ?? 3)
    let norm = options.norm ?? .euclidean
    let tied = try tiedInformation(scaled, classes, neighbors: k, norm)
    let information: Double
    var warnings = [String]()
    if let tied {
      information = tied
      warnings.append(tiedRossWarning)
    } else {
      information = try rossInformation(
        scaled, classes: classes, neighbors: k, norm: norm, threads: options.threads)
    }
    let classSizes = ContingencyTable(classes, classes).firstCounts
    if classSizes.contains(1) {
      warnings.append("rows of classes with a single row were left out")
    }
    if classSizes.count(where: { $0 > 1 }) == 1 {
      warnings.append("one class is left, and so tells nothing")
    }
    if matrix.columnCount > 5 {
      warnings.append("neighbor estimates are biased low above five columns")
    }
    return InformationEstimate(information: information, estimator: name, warnings: warnings)
  }

  /// The estimate that counts ties; nil where they are few. A single column without repeated values
  /// is not searched for any, so that many columns stay fast.
  private func tiedInformation(
    _ matrix: Matrix, _ classes: [Int], neighbors: Int, _ norm: DistanceNorm
  ) throws(MutualInformationError) -> Double? {
    if matrix.columnCount == 1 {
      let repeated = matrix.rowCount - Set(matrix.values).count
      guard 100 * repeated > matrix.rowCount else { return nil }
    }
    let neighborhoods = try TiedRossNeighborhoods(
      matrix, classes: classes, neighbors: neighbors, norm: norm, threads: options.threads)
    return neighborhoods.tiedShare > 0.01 ? neighborhoods.information : nil
  }
}

/// The numeric and the class side, whichever comes first.
func numbersAndClasses(
  _ x: Variable, _ y: Variable
) throws(MutualInformationError) -> (Matrix, [Int]) {
  switch (x, y) {
  case (.numbers(let matrix), .classes(let classes)), (.classes(let classes), .numbers(let matrix)):
    return (matrix, classes)
  default:
    throw .unsupportedVariable(
      "\(x.kind) and \(y.kind)", expected: "numbers on one side, classes on the other")
  }
}
