import ArgumentParser

/// Feeds damaged files to everything that reads files; the standing proof that none of them does harm.
@main
struct FuzzReaders: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "FuzzReaders",
    abstract: "Feed damaged files to every reader, and count what comes out.",
    subcommands: [RunCommand.self, WorkCommand.self, WriteCommand.self])
}

/// What all subcommands take.
struct FuzzOptions: ParsableArguments {
  @Option(
    name: .customLong("corpus"), parsing: .singleValue,
    help: "Folder whose subfolders are the cases; repeatable.")
  var corpora: [String] = []

  @Option(help: "The program, for surfaces that are tried through it (config, resume).")
  var program: String?

  @Option(help: "Seed of all mutations.")
  var seed: UInt64 = 1

  @Option(help: "Folder for the mutants' files while they are read.")
  var scratch: String = "/tmp"

  /// All surfaces that the corpora have.
  func surfaces() throws -> [any Surface] {
    try Corpus.surfaces(corpora, program: program)
  }
}

/// Runs all surfaces in child processes and reports.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Try all surfaces; 1 if a reader trapped, hung or surprised.")

  @OptionGroup var options: FuzzOptions
  @Option(help: "Only these surfaces.") var surfaces: String?
  @Option(help: "Mutants of each surface (without it: until the seconds are over).")
  var mutants: Int?
  @Option(help: "Seconds for all surfaces together.") var seconds: Double?
  @Option(help: "Folder where mutants that did harm are kept.") var keep: String = "fuzz-findings"

  func run() throws {
    let chosen = surfaces.map { $0.split(separator: ",").map(String.init) }
    let all = try options.surfaces().filter { chosen?.contains($0.name) ?? true }
    guard !all.isEmpty else { throw ValidationError("no surface of that name") }
    let share = seconds.map { $0 / Double(all.count) }
    var driver = Driver(options: options, keep: keep)
    for surface in all {
      driver.run(surface, mutants: mutants ?? .max, seconds: share)
    }
    print(driver.report)
    if driver.harmCount > 0 { throw ExitCode(1) }
  }
}

/// Tries mutants of one surface in this process.
struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Try mutants of one surface in this process.",
    shouldDisplay: false)

  @OptionGroup var options: FuzzOptions
  @Option var surface: String
  @Option var first: Int
  @Option var last: Int
  @Option var journal: String
  @Option var seconds: Double?

  func run() throws {
    guard let surface = try options.surfaces().first(where: { $0.name == surface }) else {
      throw ValidationError("no surface \(surface)")
    }
    try Worker(surface: surface, options: options, journal: journal)
      .run(first..<last, seconds: seconds)
  }
}

/// Writes one mutant, to look at what did harm.
struct WriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Write the files of one mutant into a folder.")

  @OptionGroup var options: FuzzOptions
  @Option(help: "Surface.") var surface: String
  @Option(help: "Number of the mutant.") var index: Int
  @Option(help: "Folder to write.") var out: String

  func run() throws {
    guard let surface = try options.surfaces().first(where: { $0.name == surface }) else {
      throw ValidationError("no surface \(surface)")
    }
    let mutant = Mutant(surface, index: index, seed: options.seed)
    try mutant.write(to: out)
    print("\(mutant.damaged) of the case \(mutant.caseName), in \(out)")
  }
}
