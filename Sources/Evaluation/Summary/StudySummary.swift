/// What a finished study found: the content of `summary.json`.
///
/// Equal runs give equal bytes: nothing here depends on time, path, thread or shard count.
public struct StudySummary: Codable, Equatable, Sendable {
  /// The format that this version writes.
  public static let currentFormat = "equipoise-study/1"

  /// Name and version of the format.
  public var format: String
  /// The cohort studied.
  public var cohort: CohortFacts
  /// What was predicted.
  public var outcome: OutcomeFacts
  /// Class names, sorted by their UTF-8 bytes.
  public var classes: [String]
  /// How the study was laid out.
  public var design: Design
  /// The contrast declared beforehand; nil where one of its methods was not run.
  @NullableField public var primary: Contrast?
  /// Methods in the order of the study.
  public var methods: [Method]
  /// Paired comparisons, in the order of the study.
  public var comparisons: [PairedComparison]
  /// Modalities in cohort order.
  public var modalities: [Modality]
  /// Distillation decisions, by method, teacher and student.
  public var distillation: [Distillation]
  /// Whether features (never labels) of tested patients were in the patient graph.
  public var transductive: Bool
  /// What a reader should look at before trusting the numbers.
  public var warnings: [Warning]
  /// Checks that were made and passed, one sentence each.
  public var checks: [String]
  /// Remarks on how the study was done, one sentence each.
  public var notes: [String]

  /// A summary from its parts.
  public init(
    cohort: CohortFacts, outcome: OutcomeFacts, classes: [String], design: Design,
    primary: Contrast?, methods: [Method], comparisons: [PairedComparison],
    modalities: [Modality], distillation: [Distillation] = [], transductive: Bool = false,
    warnings: [Warning] = [], checks: [String] = [], notes: [String] = []
  ) {
    format = StudySummary.currentFormat
    self.cohort = cohort
    self.outcome = outcome
    self.classes = classes
    self.design = design
    self.primary = primary
    self.methods = methods
    self.comparisons = comparisons
    self.modalities = modalities
    self.distillation = distillation
    self.transductive = transductive
    self.warnings = warnings
    self.checks = checks
    self.notes = notes
  }

  /// The method of that name.
  public func method(named name: String) -> Method? { methods.first { $0.name == name } }

  /// The comparison of the declared contrast.
  public var primaryComparison: PairedComparison? { comparisons.first { $0.primary } }
}

extension StudySummary {
  /// Two methods and the metric they are compared by.
  public struct Contrast: Codable, Equatable, Sendable {
    /// First method; a difference is its metric minus that of ``b``.
    public var a: String
    /// Second method.
    public var b: String
    /// Metric name, for example `macro_f1`.
    public var metric: String

    /// A contrast; by macro-F1 unless said.
    public init(a: String, b: String, metric: String = "macro_f1") {
      self.a = a
      self.b = b
      self.metric = metric
    }
  }

  /// Lower and upper end of an interval; a list of two numbers in JSON.
  public struct Bounds: Codable, Equatable, Sendable {
    /// Lower end.
    public var lower: Double
    /// Upper end, not below ``lower``.
    public var upper: Double

    /// An interval from its ends.
    public init(_ lower: Double, _ upper: Double) {
      self.lower = lower
      self.upper = upper
    }

    /// The ends of an interval.
    public init(_ interval: Interval) {
      self.init(interval.lower, interval.upper)
    }

    /// Reads a list of two numbers.
    public init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      lower = try list.decode(Double.self)
      upper = try list.decode(Double.self)
    }

    /// Writes a list of two numbers.
    public func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(lower)
      try list.encode(upper)
    }

    /// Whether a value lies in the interval, ends included.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
  }

  /// Something a reader should look at before trusting the numbers.
  public struct Warning: Codable, Equatable, Sendable {
    /// What it is about, in kebab case: `label-derived`, `group-predicts-label`, `transductive`, …
    public var code: String
    /// One sentence: what was seen.
    public var message: String
    /// File, modality or column concerned; nil where the whole study is.
    @NullableField public var place: String?
    /// What to do about it; nil where nothing need be.
    @NullableField public var remedy: String?

    enum CodingKeys: String, CodingKey {
      case code, message, remedy
      case place = "where"
    }

    /// The warning in one line: place, message, remedy.
    package var line: String {
      (place.map { "\($0): " } ?? "") + message + (remedy.map { " What to do: \($0)." } ?? "")
    }

    /// A warning.
    public init(code: String, message: String, place: String? = nil, remedy: String? = nil) {
      self.code = code
      self.message = message
      self.place = place
      self.remedy = remedy
    }

    /// Reads a warning; runs of earlier versions have neither place nor remedy.
    public init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      code = try fields.decode(String.self, forKey: .code)
      message = try fields.decode(String.self, forKey: .message)
      place = try fields.decodeIfPresent(String.self, forKey: .place)
      remedy = try fields.decodeIfPresent(String.self, forKey: .remedy)
    }
  }
}
