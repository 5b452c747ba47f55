/// Why an estimate cannot be given.
public struct MutualInformationError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// Fewer rows than the estimator needs.
    case tooFewRows
    /// The two variables have different numbers of rows.
    case unequalRows
    /// A table without columns.
    case noColumns
    /// The estimator does not take this kind of variable (numbers or classes).
    case unsupportedVariable
    /// An entry is NaN, infinite or beyond ±1e150, where squares overflow.
    case notFinite
    /// A matrix factorization or the training of a network failed.
    case numericalFailure
    /// No estimator has that name.
    case unknownEstimator
    /// A setting lies outside its range.
    case optionOutOfRange
  }

  /// The kind of failure.
  public let code: Code
  /// What was found.
  public let found: String
  /// What was expected instead.
  public let expected: String
  /// What to do about it.
  public let remedy: String

  /// Creates an error.
  public init(code: Code, found: String, expected: String, remedy: String) {
    self.code = code
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }
}

extension MutualInformationError {
  package static func tooFewRows(_ count: Int, needed: Int) -> MutualInformationError {
    MutualInformationError(
      code: .tooFewRows, found: "\(count) row\(count == 1 ? "" : "s")",
      expected: "at least \(needed)",
      remedy: "measure more patients, or take fewer neighbors or columns")
  }

  static func unequalRows(_ x: Int, _ y: Int) -> MutualInformationError {
    MutualInformationError(
      code: .unequalRows, found: "\(x) and \(y) rows", expected: "the same patients on both sides",
      remedy: "join the tables by sample first")
  }

  static func unsupportedVariable(_ found: String, expected: String) -> MutualInformationError {
    MutualInformationError(
      code: .unsupportedVariable, found: found, expected: expected,
      remedy: "choose another estimator, or auto")
  }

  /// Some class with two rows is needed to see how near the rows of a class are.
  static let noRepeatedClass = MutualInformationError(
    code: .tooFewRows, found: "no class with two rows", expected: "at least two rows in a class",
    remedy: "join classes, or check that the label is not an identifier")

  static let noColumns = MutualInformationError(
    code: .noColumns, found: "a table without columns", expected: "at least one column",
    remedy: "name the columns to use")

  static let notFinite = MutualInformationError(
    code: .notFinite, found: "a missing, infinite or excessive value",
    expected: "finite numbers within ±1e150", remedy: "impute or leave out the rows, or rescale")

  static func numericalFailure(_ message: String) -> MutualInformationError {
    MutualInformationError(
      code: .numericalFailure, found: message, expected: "a calculation that converges",
      remedy: "check the columns for extreme values")
  }

  package static func optionOutOfRange(
    _ option: String, found: String, expected: String
  ) -> MutualInformationError {
    MutualInformationError(
      code: .optionOutOfRange, found: "\(option) \(found)", expected: expected,
      remedy: "choose another value")
  }
}
