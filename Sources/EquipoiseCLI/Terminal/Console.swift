import Foundation

/// Standard error, for people: progress, warnings and errors. Answers go to standard output.
struct Console: Sendable {
  /// Whether colour may be used.
  let isColored: Bool
  /// Whether anything but errors is held back.
  let isQuiet: Bool

  /// A console; colour is used on a terminal only, and not with `NO_COLOR` or `TERM=dumb`.
  init(isColored: Bool = true, isQuiet: Bool = false) {
    self.isColored = isColored && Console.isTerminal && Console.environmentAllowsColor
    self.isQuiet = isQuiet
  }

  /// Whether standard error is a terminal that can move its cursor.
  static var isTerminal: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  private static var environmentAllowsColor: Bool {
    (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Shows an error, always.
  func show(_ failure: Failure) {
    var lines = failure.lines
    if isColored, let first = lines.first, let end = first.firstIndex(of: ":") {
      lines[0] = "\u{1B}[1;31m\(first[..<end])\u{1B}[0m\(first[end...])"
    }
    write(lines.joined(separator: "\n") + "\n")
  }

  /// A line about how things go.
  func note(_ text: String) {
    if !isQuiet { write(text + "\n") }
  }

  /// A warning line.
  func warn(_ text: String) {
    note((isColored ? "\u{1B}[1;33mwarning\u{1B}[0m" : "warning") + ": \(text)")
  }

  /// Writes to standard error as it is.
  func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

/// Writes an answer to standard output.
func answer(_ text: String) {
  FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
}
