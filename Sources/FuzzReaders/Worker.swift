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
    // Each case is laid out once; a mutant then costs the writing of one file.
    for (number, source) in surface.cases.enumerated() {
      try Mutant.write(source.files, to: "\(folder)/\(number)")
    }
    for index in range {
      if let deadline, Date() > deadline { return }
      let mutant = Mutant(surface, index: index, seed: options.seed)
      let number = index % surface.cases.count
      let place = URL(filePath: "\(folder)/\(number)")
      let file = place.appending(path: mutant.damaged)
      try Data(mutant.files[mutant.damaged] ?? []).write(to: file)
      note("begin \(index)")
      note("end \(surface.outcome(of: place.path, isThorough: index % 8 == 0))")
      if surface.leavesTraces {
        try Mutant.write(surface.cases[number].files, to: place.path)
      } else {
        try Data(surface.cases[number].files[mutant.damaged] ?? []).write(to: file)
      }
    }
  }
}
