extension StudySummary {
  /// A method and how it did.
  public struct Method: Codable, Equatable, Sendable {
    /// Name as in `results.csv`.
    public var name: String
    /// Spread of each metric over folds, by metric name.
    public var metrics: [String: MetricSpread]
    /// Macro-F1 on the predictions of all folds together, averaged over repeats.
    @NullableField public var pooledMacroF1: Double?
    /// One-sided p that its macro-F1 is above what guessing can reach (``Guessing``), after Holm's
    /// correction over methods; nil for a single fold.
    @NullableField public var pAboveGuessing: Double?
    /// Results by group of patients, where the cohort has groups.
    public var byGroup: [GroupResult]

    enum CodingKeys: String, CodingKey {
      case name, metrics
      case pooledMacroF1 = "pooled_macro_f1"
      case pAboveGuessing = "p_above_guessing"
      case byGroup = "by_group"
    }

    /// A method's summary.
    public init(
      name: String, metrics: [String: MetricSpread], pooledMacroF1: Double? = nil,
      pAboveGuessing: Double? = nil, byGroup: [GroupResult] = []
    ) {
      self.name = name
      self.metrics = metrics
      self.pooledMacroF1 = pooledMacroF1.flatMap { $0.isFinite ? $0 : nil }
      self.pAboveGuessing = pAboveGuessing.flatMap { $0.isFinite ? $0 : nil }
      self.byGroup = byGroup
    }
  }

  /// A metric over all folds.
  public struct MetricSpread: Codable, Equatable, Sendable {
    /// Mean over folds where the metric is defined; nil if it is nowhere.
    @NullableField public var mean: Double?
    /// Standard deviation over folds (divisor one less); nil for a single fold.
    @NullableField public var sd: Double?
    /// 95 % interval of the mean, corrected for shared training rows (Nadeau & Bengio 2003).
    @NullableField public var ci95: Bounds?

    /// A spread; values that are not finite count as undefined.
    public init(mean: Double?, sd: Double?, ci95: Bounds?) {
      self.mean = mean.flatMap { $0.isFinite ? $0 : nil }
      self.sd = sd.flatMap { $0.isFinite ? $0 : nil }
      self.ci95 = ci95.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
    }
  }

  /// How a method did on one group of patients.
  public struct GroupResult: Codable, Equatable, Sendable {
    /// Group name.
    public var group: String
    /// Labelled patients of the group.
    public var patients: Int
    /// Macro-F1 on the group's predictions, averaged over repeats.
    @NullableField public var macroF1: Double?
    /// Share of right predictions, averaged over repeats.
    @NullableField public var accuracy: Double?

    enum CodingKeys: String, CodingKey {
      case group, patients, accuracy
      case macroF1 = "macro_f1"
    }

    /// A group's result.
    public init(group: String, patients: Int, macroF1: Double?, accuracy: Double?) {
      self.group = group
      self.patients = patients
      self.macroF1 = macroF1.flatMap { $0.isFinite ? $0 : nil }
      self.accuracy = accuracy.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// One method against another on the same folds.
  public struct PairedComparison: Codable, Equatable, Sendable {
    /// First method.
    public var a: String
    /// Second method.
    public var b: String
    /// Metric name.
    public var metric: String
    /// Mean paired difference, a minus b.
    @NullableField public var difference: Double?
    /// Its standard error, corrected for shared training rows.
    @NullableField public var standardError: Double?
    /// Two-sided p of the paired test.
    @NullableField public var p: Double?
    /// p after Holm's correction.
    @NullableField public var pHolm: Double?
    /// 95 % interval of the paired test.
    @NullableField public var ci95: Bounds?
    /// 95 % interval of the patient bootstrap.
    @NullableField public var bootstrapCI95: Bounds?
    /// Smallest gain that this design would detect with 80 % power.
    @NullableField public var detectable: Double?
    /// Whether this contrast was declared beforehand and is tested by itself.
    public var primary: Bool
    /// Whether all predictions are the same: no difference by construction.
    public var identical: Bool

    enum CodingKeys: String, CodingKey {
      case a, b, metric, difference, p, ci95, detectable, primary, identical
      case standardError = "standard_error"
      case pHolm = "p_holm"
      case bootstrapCI95 = "bootstrap_ci95"
    }

    /// A comparison; values that are not finite count as undefined.
    public init(
      a: String, b: String, metric: String = "macro_f1", difference: Double?,
      standardError: Double?, p: Double?, pHolm: Double?, ci95: Bounds?,
      bootstrapCI95: Bounds? = nil, detectable: Double? = nil, primary: Bool = false,
      identical: Bool = false
    ) {
      func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      func finite(_ bounds: Bounds?) -> Bounds? {
        bounds.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
      }
      self.a = a
      self.b = b
      self.metric = metric
      self.difference = finite(difference)
      self.standardError = finite(standardError)
      self.p = finite(p)
      self.pHolm = finite(pHolm)
      self.ci95 = finite(ci95)
      self.bootstrapCI95 = finite(bootstrapCI95)
      self.detectable = finite(detectable)
      self.primary = primary
      self.identical = identical
    }

    /// Whether a difference may be claimed: p < .05 (Holm's, but for the primary contrast), and no
    /// interval at hand contains 0.
    public var showsDifference: Bool {
      guard !identical, let p = primary ? p : pHolm, p < 0.05, let ci95 else { return false }
      return !ci95.contains(0) && bootstrapCI95.map { !$0.contains(0) } ?? true
    }
  }
}
