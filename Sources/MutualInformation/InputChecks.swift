import LinearAlgebra

/// Refuses variables of different length, without columns, or with entries that are not usable.
func checkVariables(_ x: Variable, _ y: Variable) throws(MutualInformationError) {
  try checkVariables([x, y])
}

/// Refuses variables of different length, without columns, or with entries that are not usable.
func checkVariables(_ variables: [Variable]) throws(MutualInformationError) {
  for variable in variables.dropFirst() where variable.rowCount != variables[0].rowCount {
    throw .unequalRows(variables[0].rowCount, variable.rowCount)
  }
  for case .numbers(let matrix) in variables { try checkNumbers(matrix) }
}

/// Refuses a table without columns, or with a number that is not finite or whose square is not.
func checkNumbers(_ matrix: Matrix) throws(MutualInformationError) {
  guard matrix.columnCount > 0 else { throw .noColumns }
  guard matrix.values.allSatisfy({ abs($0) <= 1e150 }) else { throw .notFinite }
}

/// Refuses what no search for k neighbors can take: tables as in ``checkNumbers(_:)``, or too few
/// rows (k + 1, unless said otherwise).
func checkPoints(
  _ spaces: [Matrix], neighbors: Int, needed: Int? = nil
) throws(MutualInformationError) {
  try checkVariables(spaces.map { .numbers($0) })
  guard neighbors >= 1 else {
    throw .optionOutOfRange("neighbors", found: "\(neighbors)", expected: "at least 1")
  }
  let needed = needed ?? neighbors + 1
  guard spaces[0].rowCount >= needed else { throw .tooFewRows(spaces[0].rowCount, needed: needed) }
}

/// Checks both sides; answers at once where one of them does not vary, since I(x; y) = 0 then.
///
/// - Returns: 0 with a warning, or nil where there is something to estimate.
/// - Throws: as ``checkVariables(_:_:)``; `.tooFewRows` below two rows.
func settledEstimate(
  _ x: Variable, _ y: Variable, estimator: String
) throws(MutualInformationError) -> InformationEstimate? {
  try checkVariables(x, y)
  guard x.rowCount >= 2 else { throw .tooFewRows(x.rowCount, needed: 2) }
  guard x.isConstant || y.isConstant else { return nil }
  return InformationEstimate(
    information: 0, estimator: estimator,
    warnings: ["one side is the same in all rows, and so tells nothing"])
}

extension Variable {
  /// Whether all rows are equal.
  var isConstant: Bool {
    switch self {
    case .numbers(let matrix): matrix.isConstant
    case .classes(let classes): classes.allSatisfy { $0 == classes[0] }
    }
  }
}

extension Matrix {
  /// Whether all rows are equal.
  fileprivate var isConstant: Bool {
    (0..<columnCount).allSatisfy { j in
      (0..<rowCount).allSatisfy { self[$0, j] == self[0, j] }
    }
  }
}
