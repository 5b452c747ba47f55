import Boundary
import Foundation
import Synchronization

/// Standard error, for people: progress, warnings and errors. Answers go to standard output.
///
/// Names from files are shown with unseen characters written out. Whether anything can be written
/// here changes nothing: a closed or full standard error ends no run.
struct Console: Sendable {
  /// Whether colour may be used.
  let isColored: Bool
  /// Whether anything but errors and warnings is held back.
  let isQuiet: Bool

  /// Warnings shown so far: each is shown once.
  private static let shownWarnings = Mutex(Set<String>())

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
    if !isQuiet { write(visibleText(text) + "\n") }
  }

  /// A warning in one line, always, and each only once.
  func warn(_ text: String) {
    guard Console.shownWarnings.withLock({ $0.insert(text).inserted }) else { return }
    let start = isColored ? "\u{1B}[1;33mwarning\u{1B}[0m" : "warning"
    write("\(start): \(visibleText(text))\n")
  }

  /// Writes to standard error as it is.
  func write(_ text: String) {
    _ = Descriptor.write(text, to: STDERR_FILENO)
  }
}
