import Cohort
import Foundation
import Study

/// Flags of a verb merged with its configuration file; a flag that was given wins.
struct Settings {
  /// The configuration file, if one was named.
  let file: ConfigurationFile?
  /// Its path.
  let configurationPath: String?

  /// Reads the file that `--config` names.
  init(_ run: RunOptions, keys: [String]) throws {
    configurationPath = run.config
    file = try run.config.map { try ConfigurationFile(path: $0, keys: keys) }
  }

  func text(_ flag: String?, _ key: String) throws -> String? { try flag ?? file?.text(key) }
  func integer(_ flag: Int?, _ key: String) throws -> Int? {
    try (flag ?? file?.integer(key)).map { (value) throws in try OptionRange.checked(value, key) }
  }
  func truth(_ flag: Bool, _ key: String) throws -> Bool { try flag || file?.truth(key) ?? false }
  func list(_ flag: String?, _ key: String) throws -> [String]? {
    try flag.map(commaSeparated) ?? file?.list(key)
  }
}

extension Settings {
  /// Threads, quietness and colour.
  func console(_ run: RunOptions) throws -> Console {
    Console(
      isColored: try !truth(run.isColorless, "noColor"), isQuiet: try truth(run.quiet, "quiet"))
  }

  /// Worker threads, ≥ 1.
  func threads(_ run: RunOptions) throws -> Int {
    try integer(run.threads, "threads") ?? ProcessorAllowance.count()
  }

  /// Name of the cohort: a folder or an embedded one.
  func cohortName(_ options: CohortOptions) throws -> String {
    try cohortName(options.cohort, isDemo: options.isDemo)
  }

  /// The same of its argument and of `--demo`.
  func cohortName(_ cohort: String?, isDemo: Bool) throws -> String {
    if try truth(isDemo, "demo") {
      if let cohort {
        throw Failure(
          .usage, "two cohorts were named", found: "\(cohort) and --demo",
          expected: "one cohort", remedy: "leave out --demo or the folder")
      }
      return "demo:acc"
    }
    guard let cohort else {
      throw Failure(
        .usage, "no cohort was named", expected: "a folder, or demo:acc, demo:multifeature",
        remedy: "name one after the verb; --demo takes demo:acc")
    }
    return cohort
  }

  /// Output folder and what to do if it is not empty.
  func output(
    _ options: OutputOptions, resume: Bool, verb: String, cohort: String
  ) throws -> (folder: OutputFolder, policy: OutputFolder.Policy) {
    let force = try truth(options.force, "force")
    if force && resume {
      throw Failure(
        .usage, "--force and --resume contradict each other", expected: "one of them",
        remedy: "--resume continues a run, --force replaces it")
    }
    let short =
      cohort.hasPrefix("demo:")
      ? String(cohort.dropFirst(5)) : URL(filePath: cohort).standardizedFileURL.lastPathComponent
    let path = try outputPath(options.out, "out", default: "equipoise-\(verb)-\(short)")
    return (OutputFolder(path: path), resume ? .resume : force ? .force : .fresh)
  }

  /// Options of a study, checked as far as they can be without the cohort.
  func studyOptions(
    _ flags: StudyFlags, _ robustness: RobustnessFlags? = nil
  ) throws -> StudyOptions {
    var options = StudyOptions()
    if let methods = try list(flags.methods, "methods") { options.methods = methods }
    options.primary = try list(flags.primary, "primary")
    options.folds = try integer(flags.folds, "folds") ?? options.folds
    options.repeats = try repeats(flags.repeats)
    options.unlabelled =
      try flags.unlabelled ?? file?.choice("unlabelled", UnlabelledUse.self) ?? .use
    options.transductive = try truth(flags.transductive, "transductive")
    options.gate = try text(flags.gate, "gate")
    options.seed = try seed(flags.seed) ?? options.seed
    options.innerFolds = try integer(nil, "innerFolds") ?? options.innerFolds
    options.preprocessing = try preprocessing()
    options.robustness = try robustness.map(robustnessOptions)
    try options.check()
    return options
  }

  private func robustnessOptions(_ flags: RobustnessFlags) throws -> RobustnessOptions {
    guard let kind = try flags.kind ?? file?.choice("kind", RobustnessKind.self) else {
      let kinds = RobustnessKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        .usage, "no kind of robustness was named", expected: "one of \(kinds)",
        remedy: "name it with --kind")
    }
    var options = RobustnessOptions(kind: kind)
    options.settings = try list(flags.settings, "settings") ?? []
    options.draws = try integer(flags.draws, "draws") ?? options.draws
    return options
  }

  /// Seed of all random streams.
  func seed(_ flag: UInt64?) throws -> UInt64? {
    if let flag { return flag }
    guard let text = try file?.text("seed") else { return nil }
    guard let seed = UInt64(text) else {
      throw Failure(
        .configuration, "a value of the wrong kind", at: "key seed", found: text,
        expected: "a whole number, 0 or more")
    }
    return seed
  }
}
