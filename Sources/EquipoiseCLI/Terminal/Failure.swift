import Boundary

/// An error as the program tells it: a code, one line on what is wrong, and where, what was found
/// and expected, and what to do.
struct Failure: Error {
  let status: ExitStatus
  let what: String
  var location = ""
  var found = ""
  var expected = ""
  var remedy = ""

  /// Creates a failure.
  init(
    _ status: ExitStatus, _ what: String, at location: String = "", found: String = "",
    expected: String = "", remedy: String = ""
  ) {
    self.status = status
    self.what = what
    self.location = location
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// The process's exit code.
  var exitCode: Int32 { status.rawValue }

  /// Lines for standard error.
  var lines: [String] {
    let details = [
      ("where", location), ("found", found), ("expected", expected), ("remedy", remedy),
    ]
    return ["error[\(exitCode)]: \(visibleText(what))"]
      + details.filter { !$0.1.isEmpty }.map { "  \($0.0): \(visibleText($0.1))" }
  }
}
