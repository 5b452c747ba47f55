import Cohort
import Evaluation
import Foundation

/// `run.json`: what was run on what, where and when.
public struct RunManifest: Codable, Equatable, Sendable {
  /// What `run.json` says of itself.
  public static let format = "equipoise-run/1"

  /// Everything that the numbers depend on beside inputs and program; compared on `--resume`.
  public struct Configuration: Codable, Equatable, Sendable {
    /// Name of the cohort: its folder's, or `demo:acc`.
    public var cohort: String
    /// Label column.
    public var label: String?
    /// Group column.
    public var group: String?
    /// Filters, as given.
    public var filters: [String]
    /// Modalities in order.
    public var modalities: [String]
    /// Whether the modalities were chosen among those of the cohort.
    public var chosenModalities: Bool
    /// Name of the folds file, where folds were given.
    public var foldsFile: String?
    /// Name of the file of labelled patients, where they were given.
    public var labelledFile: String?
    /// Options of the study as asked for; nil for other verbs.
    public var study: StudyOptions?
    /// Options of the audit as asked for; nil for other verbs.
    public var audit: AuditOptions?
    /// Methods studied, in order.
    public var methods: [String]
    /// Repeats of the plan.
    public var repeats: Int?
    /// Options of other verbs, by name.
    public var options: [String: String]
    /// Flags that change what the files mean (`--transform`, `--layer`, …); nil stands for none.
    public var reading: [String]?
    /// Whether text that a spreadsheet would run is marked in tables; nil stands for no.
    public var spreadsheetSafe: Bool?

    /// Creates a configuration.
    public init(
      cohort: String, label: String? = nil, group: String? = nil, filters: [String] = [],
      modalities: [String], chosenModalities: Bool = false, foldsFile: String? = nil,
      labelledFile: String? = nil, study: StudyOptions? = nil, audit: AuditOptions? = nil,
      methods: [String] = [], repeats: Int? = nil, options: [String: String] = [:],
      reading: [String] = [], isSpreadsheetSafe: Bool = false
    ) {
      self.cohort = cohort
      self.label = label
      self.group = group
      self.filters = filters
      self.modalities = modalities
      self.chosenModalities = chosenModalities
      self.foldsFile = foldsFile
      self.labelledFile = labelledFile
      self.study = study
      self.audit = audit
      self.methods = methods
      self.repeats = repeats
      self.options = options
      self.reading = reading.isEmpty ? nil : reading
      spreadsheetSafe = isSpreadsheetSafe ? true : nil
    }

    /// Files as they are to be written: their tables marked for spreadsheets if asked for.
    package func asTables(
      _ files: [(name: String, bytes: Data)]
    ) -> [(name: String, bytes: Data)] {
      spreadsheetSafe == true ? SpreadsheetSafety.guarded(files) : files
    }
  }

  /// Format name and version of this file.
  public var format = RunManifest.format
  /// The verb.
  public var verb: String
  /// Version of the program.
  public var version = BuildFacts.version
  /// Commit of the program.
  public var commit = BuildFacts.commit
  /// The command as typed.
  public var command: String
  /// Resolved configuration.
  public var configuration: Configuration
  /// Seed of all random streams.
  public var seed: UInt64
  /// Worker threads; changes no result.
  public var threads: Int
  /// Digests of everything read.
  public var inputs: [FileDigest]
  /// Digests of everything written, once finished.
  public var outputs: [FileDigest] = []
  /// The host.
  public var host = HostFacts.current()
  /// Start, UTC, ISO 8601.
  public var started: String
  /// End; nil until the run is finished.
  public var finished: String?

  /// A manifest of a run that starts now.
  public init(
    verb: String, command: String, configuration: Configuration, seed: UInt64, threads: Int,
    inputs: [FileDigest]
  ) {
    self.verb = verb
    self.command = command
    self.configuration = configuration
    self.seed = seed
    self.threads = threads
    self.inputs = inputs
    started = RunManifest.timestamp()
  }

  /// Now, UTC, ISO 8601.
  public static func timestamp() -> String { Date.now.formatted(.iso8601) }

  /// Marks the run as finished now, with what it wrote.
  public mutating func finish(_ outputs: [FileDigest]) {
    self.outputs = outputs
    finished = RunManifest.timestamp()
  }

  enum CodingKeys: String, CodingKey {
    case format, verb, version, commit, command, configuration, seed, threads, inputs, outputs
    case host, started, finished
  }

  /// Writes every key; `finished` is null until the end.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(format, forKey: .format)
    try container.encode(verb, forKey: .verb)
    try container.encode(version, forKey: .version)
    try container.encode(commit, forKey: .commit)
    try container.encode(command, forKey: .command)
    try container.encode(configuration, forKey: .configuration)
    try container.encode(seed, forKey: .seed)
    try container.encode(threads, forKey: .threads)
    try container.encode(inputs, forKey: .inputs)
    try container.encode(outputs, forKey: .outputs)
    try container.encode(host, forKey: .host)
    try container.encode(started, forKey: .started)
    try container.encode(finished, forKey: .finished)
  }
}
