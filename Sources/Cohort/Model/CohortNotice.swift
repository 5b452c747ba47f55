/// Something that a user should know about a cohort: a decision of its reader, or a doubt.
///
/// Notes are for the log. Warnings reach every output: terminal (also with `--quiet`, in one line),
/// `summary.json` and the report's Trust section.
public struct CohortNotice: Equatable, Sendable {
  /// How much it matters.
  public enum Severity: String, Sendable {
    /// A decision, for the log.
    case note
    /// Something the user should look at before trusting a number.
    case warning
  }

  /// How much it matters.
  public let severity: Severity
  /// What it is about, in kebab case, stable across versions: `partial-join`, `unread-file`, …
  public let code: String
  /// One sentence: what was seen.
  public let message: String
  /// File, modality or column concerned; nil where the whole cohort is.
  public let place: String?
  /// What to do about it, such as the line to write into `cohort.yaml`; nil where nothing need be.
  public let remedy: String?

  /// Creates a notice.
  public init(
    _ severity: Severity, code: String, _ message: String, place: String? = nil,
    remedy: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.place = place
    self.remedy = remedy
  }

  /// A note for the log.
  static func note(_ code: String, _ message: String, place: String? = nil) -> CohortNotice {
    CohortNotice(.note, code: code, message, place: place)
  }

  /// A warning.
  static func warning(
    _ code: String, _ message: String, place: String? = nil, remedy: String? = nil
  ) -> CohortNotice {
    CohortNotice(.warning, code: code, message, place: place, remedy: remedy)
  }

  /// The notice in one line: place, message, remedy.
  public var line: String {
    (place.map { "\($0): " } ?? "") + message + (remedy.map { " What to do: \($0)." } ?? "")
  }
}
