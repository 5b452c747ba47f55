/// What can go wrong when a method is fitted, other than in the layers below it.
public struct LearningError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// The training patients lack the modality that the method asks for.
    case unknownModality
    /// Fewer than two classes occur among the labelled training patients.
    case singleClass
    /// No modality can be used: all are unmeasured or constant in the training patients.
    case noUsableModality
  }

  /// The kind of failure.
  public let code: Code
  /// Method or modality concerned.
  public let location: String
  /// What was found.
  public let found: String
  /// What was expected.
  public let expected: String

  /// Creates an error.
  public init(code: Code, location: String, found: String, expected: String) {
    self.code = code
    self.location = location
    self.found = found
    self.expected = expected
  }
}
