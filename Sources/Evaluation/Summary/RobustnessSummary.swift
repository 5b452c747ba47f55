import Foundation

/// What a finished robustness study found: the content of its `summary.json`.
///
/// Equal runs give equal bytes: nothing here depends on time, path, thread or shard count.
public struct RobustnessSummary: Codable, Equatable, Sendable {
  /// The format that this version writes.
  public static let currentFormat = "equipoise-robustness/1"

  /// Name and version of the format.
  public var format: String
  /// What was varied: `samples`, `information` or `missing`.
  public var kind: String
  /// The cohort studied.
  public var cohort: StudySummary.CohortFacts
  /// What was predicted.
  public var outcome: StudySummary.OutcomeFacts
  /// Class names, sorted by their UTF-8 bytes.
  public var classes: [String]
  /// How the study was laid out.
  public var design: Design
  /// The contrast declared beforehand; nil where one of its methods was not run.
  @NullableField public var primary: StudySummary.Contrast?
  /// Settings in the order of the study.
  public var settings: [Setting]
  /// Series of settings that differ by the strength of one condition alone.
  public var curves: [Curve]
  /// Modalities in cohort order, as they are in the cohort.
  public var modalities: [StudySummary.Modality]
  /// Whether features (never labels) of tested patients were in the patient graph.
  public var transductive: Bool
  /// What a reader should look at before trusting the numbers.
  public var warnings: [StudySummary.Warning]
  /// Checks that were made and passed, one sentence each.
  public var checks: [String]
  /// Remarks on how the study was done, one sentence each.
  public var notes: [String]

  /// A summary from its parts.
  public init(
    kind: String, cohort: StudySummary.CohortFacts, outcome: StudySummary.OutcomeFacts,
    classes: [String], design: Design, primary: StudySummary.Contrast?, settings: [Setting],
    curves: [Curve] = [], modalities: [StudySummary.Modality], transductive: Bool = false,
    warnings: [StudySummary.Warning] = [], checks: [String] = [], notes: [String] = []
  ) {
    format = RobustnessSummary.currentFormat
    self.kind = kind
    self.cohort = cohort
    self.outcome = outcome
    self.classes = classes
    self.design = design
    self.primary = primary
    self.settings = settings
    self.curves = curves
    self.modalities = modalities
    self.transductive = transductive
    self.warnings = warnings
    self.checks = checks
    self.notes = notes
  }

  /// The setting of that name.
  public func setting(named name: String) -> Setting? { settings.first { $0.name == name } }
}

extension RobustnessSummary {
  /// The bytes of `summary.json`: keys sorted, numbers in shortest round-trip form, a final newline.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    var data = try encoder.encode(self)
    data.append(0x0A)
    return data
  }

  /// Reads `summary.json`; keys it does not know are passed over.
  ///
  /// - Throws: `DecodingError` naming the key that is absent or of the wrong type.
  public init(json data: Data) throws {
    self = try JSONDecoder().decode(RobustnessSummary.self, from: data)
  }

  /// How a robustness study was laid out, and how to repeat it.
  public struct Design: Codable, Equatable, Sendable {
    /// Folds of each repeat.
    public var folds: Int
    /// Number of repeats.
    public var repeats: Int
    /// Draws of labelled patients for each number of labels; nil where none were drawn.
    @NullableField public var draws: Int?
    /// Patients of each class that every draw holds at least, as far as there are; nil as above.
    @NullableField public var minimumPerClass: Int?
    /// Patients of the test set that all draws have in common; nil as above.
    @NullableField public var commonTestPatients: Int?
    /// Seed of all named random streams.
    public var seed: UInt64
    /// Name of the file of folds, where folds were given; without its folder.
    @NullableField public var foldsFile: String?
    /// Name of the file of labelled patients, where they were given; without its folder.
    @NullableField public var labelledFile: String?
    /// `use` or `ignore`: whether patients without a label take part in training.
    public var unlabelled: String
    /// Distillation gate asked for; nil is each method's own.
    @NullableField public var gate: String?
    /// Version of the program.
    public var version: String

    enum CodingKeys: String, CodingKey {
      case folds, repeats, draws, seed, unlabelled, gate, version
      case minimumPerClass = "minimum_per_class"
      case commonTestPatients = "common_test_patients"
      case foldsFile = "folds_file"
      case labelledFile = "labelled_file"
    }

    /// A design.
    public init(
      folds: Int, repeats: Int, draws: Int? = nil, minimumPerClass: Int? = nil,
      commonTestPatients: Int? = nil, seed: UInt64, foldsFile: String? = nil,
      labelledFile: String? = nil, unlabelled: String = "use", gate: String? = nil,
      version: String
    ) {
      self.folds = folds
      self.repeats = repeats
      self.draws = draws
      self.minimumPerClass = minimumPerClass
      self.commonTestPatients = commonTestPatients
      self.seed = seed
      self.foldsFile = foldsFile
      self.labelledFile = labelledFile
      self.unlabelled = unlabelled
      self.gate = gate
      self.version = version
    }
  }
}
