/// Why a report cannot be made.
public struct ReportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Kinds of failure.
  public enum Code: String, Sendable {
    /// A file of the run does not have the form that the study writes.
    case malformedTable
  }

  /// Kind of failure.
  public let code: Code
  /// File and line.
  public let location: String
  /// What stood there.
  public let found: String
  /// What was expected, and what to do.
  public let remedy: String

  /// File, line and what stood there, in one sentence.
  public var description: String { "\(location): found \(found); \(remedy)" }

  static func malformed(_ file: String, line: Int, _ found: String) -> ReportError {
    ReportError(
      code: .malformedTable, location: "\(file), line \(line)", found: found,
      remedy: "expected a file as `study` writes it; run the study again")
  }
}
