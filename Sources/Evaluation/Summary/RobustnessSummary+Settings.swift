extension RobustnessSummary {
  /// What the replicates of a setting are, and so what its intervals speak of.
  public enum Replicates: String, Codable, Sendable {
    /// Folds of repeated cross-validation: corrected paired t (Nadeau & Bengio 2003).
    case folds
    /// Independent draws of labels on a common test set: ordinary paired t.
    case draws
  }

  /// All methods under one setting.
  public struct Setting: Codable, Equatable, Sendable {
    /// Name as in column `setting`.
    public var name: String
    /// What it changes, in words.
    public var words: String
    /// What its replicates are.
    public var replicates: Replicates
    /// Number of replicates.
    public var replicateCount: Int
    /// Fewest and most labelled training patients of a replicate.
    public var trainingCounts: StudySummary.Bounds
    /// Fewest and most tested patients of a replicate.
    public var testCounts: StudySummary.Bounds
    /// Labelled training patients of each class, mean over replicates, in the order of `classes`.
    public var classCounts: [Double]
    /// Methods in the order of the study.
    public var methods: [StudySummary.Method]
    /// The reference against each other method, paired over replicates.
    public var comparisons: [StudySummary.PairedComparison]
    /// p of the declared contrast after Holm's correction over all settings; nil without it.
    @NullableField public var primaryHolmOverSettings: Double?
    /// Each method under this setting minus itself where nothing is made worse, paired over
    /// replicates; empty where the study has no such setting.
    public var changes: [Change]
    /// What the fits told of each modality under this setting.
    public var modalities: [StudySummary.Modality]
    /// Distillation decisions under this setting.
    public var distillation: [StudySummary.Distillation]

    enum CodingKeys: String, CodingKey {
      case name, words, replicates, methods, comparisons, changes, modalities, distillation
      case replicateCount = "n_replicates"
      case trainingCounts = "n_train"
      case testCounts = "n_test"
      case classCounts = "class_counts"
      case primaryHolmOverSettings = "primary_p_holm_over_settings"
    }

    /// A setting's results.
    public init(
      name: String, words: String, replicates: Replicates, replicateCount: Int,
      trainingCounts: StudySummary.Bounds, testCounts: StudySummary.Bounds,
      classCounts: [Double], methods: [StudySummary.Method],
      comparisons: [StudySummary.PairedComparison] = [], primaryHolmOverSettings: Double? = nil,
      changes: [Change] = [], modalities: [StudySummary.Modality] = [],
      distillation: [StudySummary.Distillation] = []
    ) {
      self.name = name
      self.words = words
      self.replicates = replicates
      self.replicateCount = replicateCount
      self.trainingCounts = trainingCounts
      self.testCounts = testCounts
      self.classCounts = classCounts
      self.methods = methods
      self.comparisons = comparisons
      self.primaryHolmOverSettings = primaryHolmOverSettings
      self.changes = changes
      self.modalities = modalities
      self.distillation = distillation
    }

    /// The method of that name.
    public func method(named name: String) -> StudySummary.Method? {
      methods.first { $0.name == name }
    }

    /// The comparison of the declared contrast.
    public var primaryComparison: StudySummary.PairedComparison? {
      comparisons.first { $0.primary }
    }
  }

  /// One method under a setting minus itself under a clean one.
  public struct Change: Codable, Equatable, Sendable {
    /// Method name.
    public var method: String
    /// Name of the clean setting.
    public var from: String
    /// Mean paired difference in macro-F1; negative where the method lost.
    @NullableField public var difference: Double?
    /// Its standard error under the design.
    @NullableField public var standardError: Double?
    /// 95 % interval of the paired test.
    @NullableField public var ci95: StudySummary.Bounds?
    /// 95 % interval of the patient bootstrap.
    @NullableField public var bootstrapCI95: StudySummary.Bounds?

    enum CodingKeys: String, CodingKey {
      case method, from, difference, ci95
      case standardError = "standard_error"
      case bootstrapCI95 = "bootstrap_ci95"
    }

    /// A change; values that are not finite count as undefined.
    public init(
      method: String, from: String, difference: Double?, standardError: Double?,
      ci95: StudySummary.Bounds?, bootstrapCI95: StudySummary.Bounds?
    ) {
      self.method = method
      self.from = from
      self.difference = difference.flatMap { $0.isFinite ? $0 : nil }
      self.standardError = standardError.flatMap { $0.isFinite ? $0 : nil }
      self.ci95 = ci95.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
      self.bootstrapCI95 = bootstrapCI95
    }
  }
}
