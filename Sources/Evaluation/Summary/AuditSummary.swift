/// What an audit found: the content of `audit.json`.
///
/// Which modality tells what of the outcome, what it adds given the others, and which could teach
/// which. Information is in nats. Equal audits give equal bytes: nothing here depends on time, path or
/// thread count.
public struct AuditSummary: Codable, Equatable, Sendable {
  /// The format that this version writes.
  public static let currentFormat = "equipoise-audit/1"

  /// Name and version of the format.
  public var format: String
  /// The cohort audited.
  public var cohort: StudySummary.CohortFacts
  /// What the modalities are asked about.
  public var outcome: StudySummary.OutcomeFacts
  /// Class names, sorted by their UTF-8 bytes.
  public var classes: [String]
  /// How the audit was laid out.
  public var design: Design
  /// Ĥ(Y) over labelled patients: what there is to be told.
  public var labelEntropy: Double
  /// Modalities in cohort order.
  public var modalities: [Modality]
  /// All modalities that a patient has, together.
  public var together: Estimate
  /// The clinical columns; nil where there are none.
  @NullableField public var clinical: Clinical?
  /// Pairs of modalities, in cohort order.
  public var pairs: [Pair]
  /// Ordered pairs of teacher and student, by student.
  public var distillation: [Distillation]
  /// What may be said, in words; only what the intervals support.
  public var findings: [Finding]
  /// What a reader should look at before trusting the numbers.
  public var warnings: [StudySummary.Warning]
  /// What such an audit cannot see, one sentence each.
  public var limits: [String]
  /// Remarks on how it was done, one sentence each.
  public var notes: [String]

  enum CodingKeys: String, CodingKey {
    case format, cohort, outcome, classes, design, modalities, together, clinical, pairs
    case distillation, findings, warnings, limits, notes
    case labelEntropy = "label_entropy"
  }

  /// A summary from its parts.
  public init(
    cohort: StudySummary.CohortFacts, outcome: StudySummary.OutcomeFacts, classes: [String],
    design: Design, labelEntropy: Double, modalities: [Modality], together: Estimate,
    clinical: Clinical? = nil, pairs: [Pair] = [], distillation: [Distillation] = [],
    findings: [Finding] = [], warnings: [StudySummary.Warning] = [], limits: [String] = [],
    notes: [String] = []
  ) {
    format = AuditSummary.currentFormat
    self.cohort = cohort
    self.outcome = outcome
    self.classes = classes
    self.design = design
    self.labelEntropy = labelEntropy
    self.modalities = modalities
    self.together = together
    self.clinical = clinical
    self.pairs = pairs
    self.distillation = distillation
    self.findings = findings
    self.warnings = warnings
    self.limits = limits
    self.notes = notes
  }

  /// The modality of that name.
  public func modality(named name: String) -> Modality? { modalities.first { $0.name == name } }
}

extension AuditSummary {
  /// How an audit was laid out, and how to repeat it.
  public struct Design: Codable, Equatable, Sendable {
    /// Folds of each repeat.
    public var folds: Int
    /// Number of repeats.
    public var repeats: Int
    /// Inner folds, by which heads are calibrated and pooled.
    public var innerFolds: Int
    /// Permutations behind p of information.
    public var permutations: Int
    /// Sign flips behind p of what is added.
    public var signFlips: Int
    /// Level of intervals.
    public var confidence: Double
    /// Seed of all named random streams.
    public var seed: UInt64
    /// Name of the file of folds, where folds were given; without its folder.
    @NullableField public var foldsFile: String?
    /// `use` or `ignore`: whether unlabelled patients join scaling and distillation.
    public var unlabelled: String
    /// Distillation gate that decided.
    public var gate: String
    /// Version of the program.
    public var version: String

    enum CodingKeys: String, CodingKey {
      case folds, repeats, permutations, confidence, seed, unlabelled, gate, version
      case innerFolds = "inner_folds"
      case signFlips = "sign_flips"
      case foldsFile = "folds_file"
    }

    /// A design.
    public init(
      folds: Int, repeats: Int, innerFolds: Int, permutations: Int, signFlips: Int,
      confidence: Double = 0.95, seed: UInt64, foldsFile: String? = nil, unlabelled: String = "use",
      gate: String, version: String
    ) {
      self.folds = folds
      self.repeats = repeats
      self.innerFolds = innerFolds
      self.permutations = permutations
      self.signFlips = signFlips
      self.confidence = confidence
      self.seed = seed
      self.foldsFile = foldsFile
      self.unlabelled = unlabelled
      self.gate = gate
      self.version = version
    }
  }

  /// A quantity in nats with its uncertainty; never clipped at 0.
  public struct Estimate: Codable, Equatable, Sendable {
    /// The estimate; nil where it cannot be had.
    @NullableField public var estimate: Double?
    /// 95 % interval.
    @NullableField public var interval: StudySummary.Bounds?
    /// Standard error.
    @NullableField public var standardError: Double?
    /// One-sided p of nothing being there; nil where not tested.
    @NullableField public var p: Double?
    /// p after Holm's correction over all modalities; nil where not corrected.
    @NullableField public var pHolm: Double?
    /// Labelled patients that it rests on.
    public var n: Int

    enum CodingKeys: String, CodingKey {
      case estimate, interval, p, n
      case standardError = "standard_error"
      case pHolm = "p_holm"
    }

    /// An estimate; values that are not finite count as undefined.
    public init(
      estimate: Double?, interval: StudySummary.Bounds? = nil, standardError: Double? = nil,
      p: Double? = nil, pHolm: Double? = nil, n: Int
    ) {
      func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      self.estimate = finite(estimate)
      self.interval = interval.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
      self.standardError = finite(standardError)
      self.p = finite(p)
      self.pHolm = finite(pHolm)
      self.n = n
    }

    /// What there is nothing to say of.
    public static func unknown(n: Int) -> Estimate { Estimate(estimate: nil, n: n) }

    /// Whether something above zero may be claimed: p < .05 (Holm's where there is one), and the
    /// interval lies above 0.
    public var isAboveZero: Bool {
      guard let p = pHolm ?? p, p < 0.05, let interval else { return false }
      return interval.lower > 0
    }
  }
}
