import Foundation

/// Tries mutants one after another; each is noted before and after, so that whoever watches knows which
/// one ended the process.
struct Worker {
  let surface: any Surface
  let options: FuzzOptions
  let journal: String

  /// Tries the mutants of a range, until the seconds are over.
  func run(_ range: Range<Int>, seconds: Double?) throws {
    let file = open(journal, O_WRONLY | O_APPEND | O_CREAT, 0o644)
    guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(file) }
    func note(_ line: String) {
      let bytes = Array((line + "\n").utf8)
      _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }
    let folder = "\(options.scratch)/fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let deadline = seconds.map { Date(timeIntervalSinceNow: $0) }
    for index in range {
      if let deadline, Date() > deadline { return }
      let mutant = Mutant(surface, index: index, seed: options.seed)
      try mutant.write(to: folder)
      note("begin \(index)")
      note("end \(surface.outcome(of: folder))")
    }
  }
}
