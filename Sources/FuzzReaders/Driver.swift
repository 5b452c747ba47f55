import Foundation

/// Starts a worker for each surface, watches it, and starts it again behind a mutant that ended it.
struct Driver {
  /// A mutant that takes longer counts as a hang.
  static let hangSeconds = 20.0
  /// A surface that did harm so often is not tried further.
  private static let harmLimit = 25

  /// Counts of one surface.
  private struct Tally {
    var surface: String
    var mutants = 0
    var outcomes = [String: Int]()
    var traps = [Int]()
    var hangs = [Int]()
    var surprises = [Int]()
  }

  let options: FuzzOptions
  let keep: String
  private var tallies = [Tally]()

  init(options: FuzzOptions, keep: String) {
    self.options = options
    self.keep = keep
  }

  /// Number of mutants that did harm.
  var harmCount: Int {
    tallies.reduce(0) { $0 + $1.traps.count + $1.hangs.count + $1.surprises.count }
  }

  /// Tries a surface.
  mutating func run(_ surface: any Surface, mutants: Int, seconds: Double?) {
    var tally = Tally(surface: surface.name)
    let deadline = seconds.map { Date(timeIntervalSinceNow: $0) }
    var first = 0
    while first < mutants, tally.traps.count + tally.hangs.count < Self.harmLimit {
      let left = deadline.map { $0.timeIntervalSinceNow }
      if let left, left <= 0 { break }
      let journal = "\(options.scratch)/fuzz-\(surface.name).journal"
      try? FileManager.default.removeItem(atPath: journal)
      guard
        let end = watch(
          work(surface.name, first..<mutants, journal: journal, seconds: left), journal)
      else { break }
      let last = count(journal, &tally)
      guard let last else { break }
      first = last.index + 1
      switch end {
      case .finished where last.isComplete: first = mutants
      case .hung: tally.hangs.append(last.index)
      default: tally.traps.append(last.index)
      }
      try? FileManager.default.removeItem(atPath: journal)
    }
    for index in tally.traps + tally.hangs + tally.surprises {
      let mutant = Mutant(surface, index: index, seed: options.seed)
      try? mutant.write(to: "\(keep)/\(surface.name)-\(index)")
    }
    tallies.append(tally)
    FileHandle.standardError.write(Data((line(tally) + "\n").utf8))
  }

  // MARK: - Workers

  private enum End { case finished, died, hung }

  private func work(
    _ surface: String, _ range: Range<Int>, journal: String, seconds: Double?
  ) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    var arguments = [
      "work", "--surface", surface, "--first", "\(range.lowerBound)", "--last",
      "\(range.upperBound)", "--journal", journal, "--seed", "\(options.seed)", "--scratch",
      options.scratch,
    ]
    for corpus in options.corpora { arguments += ["--corpus", corpus] }
    if let program = options.program { arguments += ["--program", program] }
    if let seconds { arguments += ["--seconds", "\(seconds)"] }
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Waits for a worker; one whose journal has not grown for ``hangSeconds`` is ended.
  private func watch(_ process: Process, _ journal: String) -> End? {
    do { try process.run() } catch { return nil }
    var (size, since) = (0, Date())
    while process.isRunning {
      usleep(50_000)
      let attributes = try? FileManager.default.attributesOfItem(atPath: journal)
      let now = (attributes?[.size] as? Int) ?? 0
      if now != size { (size, since) = (now, Date()) }
      if Date().timeIntervalSince(since) > Self.hangSeconds + 2 {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return .hung
      }
    }
    return process.terminationStatus == 0 && process.terminationReason == .exit ? .finished : .died
  }

  /// Adds what a journal holds; the last mutant that was begun, and whether it ended.
  private func count(
    _ journal: String, _ tally: inout Tally
  ) -> (index: Int, isComplete: Bool)? {
    guard let text = try? String(contentsOfFile: journal, encoding: .utf8) else { return nil }
    var last: (index: Int, isComplete: Bool)?
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      if parts[0] == "begin", let index = Int(parts[1]) {
        last = (index, false)
        tally.mutants += 1
      } else if parts[0] == "end" {
        last?.isComplete = true
        tally.outcomes[String(parts[1]), default: 0] += 1
        if parts[1].hasPrefix("!"), let last { tally.surprises.append(last.index) }
      }
    }
    return last
  }

  // MARK: - Report

  private func line(_ tally: Tally) -> String {
    let read = tally.outcomes["read"] ?? 0
    return "\(tally.surface): \(tally.mutants) mutants, \(read) read, "
      + "\(tally.mutants - read - tally.traps.count - tally.hangs.count) refused, "
      + "\(tally.traps.count) traps, \(tally.hangs.count) hangs, "
      + "\(tally.surprises.count) surprises"
  }

  /// A table of all surfaces, with the codes of refusals.
  var report: String {
    var lines = ["| surface | mutants | read | refused | traps | hangs | surprises |"]
    lines.append("|---|---|---|---|---|---|---|")
    for tally in tallies {
      let read = tally.outcomes["read"] ?? 0
      let refused = tally.mutants - read - tally.traps.count - tally.hangs.count
      lines.append(
        "| \(tally.surface) | \(tally.mutants) | \(read) | \(refused) | \(tally.traps.count) | "
          + "\(tally.hangs.count) | \(tally.surprises.count) |")
    }
    for tally in tallies {
      let codes = tally.outcomes.keys.sorted().map { "\($0) \(tally.outcomes[$0] ?? 0)" }
      lines.append("\(tally.surface): \(codes.joined(separator: ", "))")
      for (what, indices) in [
        ("trap", tally.traps), ("hang", tally.hangs), ("surprise", tally.surprises),
      ] where !indices.isEmpty {
        lines.append(
          "  \(what): mutants \(indices.prefix(10).map(String.init).joined(separator: ", ")), in \(keep)"
        )
      }
    }
    return lines.joined(separator: "\n")
  }
}
