/// What can go wrong when a patient graph is built.
public struct PatientGraphError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// There is no modality to fuse.
    case noModality
    /// Matrices or lists do not fit together.
    case shapeMismatch
    /// Too few patients for the computation asked for.
    case tooFewPatients
    /// An option lies outside its range.
    case optionOutOfRange
    /// An entry is infinite or not a number where a number is needed.
    case notFinite
    /// The eigenvalue routine did not converge.
    case noConvergence
  }

  /// The kind of failure.
  public let code: Code
  /// Modality, option or matrix concerned.
  public let location: String
  /// What was found.
  public let found: String
  /// What was expected.
  public let expected: String
  /// What to do about it.
  public let remedy: String

  /// Creates an error.
  public init(
    code: Code, location: String, found: String, expected: String, remedy: String = ""
  ) {
    self.code = code
    self.location = location
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }
}

extension PatientGraphError: CustomStringConvertible {
  /// Location, found and expected in one line, with the remedy where there is one.
  public var description: String {
    let sentence = "\(location): found \(found), expected \(expected)"
    return remedy.isEmpty ? sentence : "\(sentence); \(remedy)"
  }
}
