extension StudySummary {
  /// A modality: its size, what it tells of the label, and the weight it got.
  public struct Modality: Codable, Equatable, Sendable {
    /// Modality name.
    public var name: String
    /// Number of features.
    public var featureCount: Int
    /// Patients measured.
    public var measuredCount: Int
    /// Labelled patients measured; nil where not counted.
    @NullableField public var measuredLabelled: Int?
    /// Out-of-fold mutual information with the label over the label's entropy, 0…1, averaged over
    /// fits; nil where no method computed it.
    @NullableField public var informativeness: Double?
    /// Lowest and highest of these values over fits.
    @NullableField public var informativenessRange: Bounds?
    /// What it tells given all others, over the label's entropy; nil where not computed.
    @NullableField public var unique: Double?
    /// 95 % interval of ``unique``.
    @NullableField public var uniqueInterval: Bounds?
    /// Weights over training, one entry a method that has them.
    public var weightTrajectories: [WeightTrajectory]

    enum CodingKeys: String, CodingKey {
      case name, informativeness, unique
      case featureCount = "n_features"
      case measuredCount = "n_measured"
      case measuredLabelled = "n_measured_labelled"
      case informativenessRange = "informativeness_range"
      case uniqueInterval = "unique_interval"
      case weightTrajectories = "weight_trajectory_summary"
    }

    /// A modality's summary.
    public init(
      name: String, featureCount: Int, measuredCount: Int, measuredLabelled: Int? = nil,
      informativeness: Double? = nil, informativenessRange: Bounds? = nil,
      unique: Double? = nil, uniqueInterval: Bounds? = nil,
      weightTrajectories: [WeightTrajectory] = []
    ) {
      self.name = name
      self.featureCount = featureCount
      self.measuredCount = measuredCount
      self.measuredLabelled = measuredLabelled
      self.informativeness = informativeness.flatMap { $0.isFinite ? $0 : nil }
      self.informativenessRange = informativenessRange
      self.unique = unique.flatMap { $0.isFinite ? $0 : nil }
      self.uniqueInterval = uniqueInterval
      self.weightTrajectories = weightTrajectories
    }
  }

  /// Loss weight of one modality over rounds or epochs of one method, over all its fits.
  public struct WeightTrajectory: Codable, Equatable, Sendable {
    /// Method name.
    public var method: String
    /// Mean weight after each round, over the fits that reached it; mean about 1 over modalities.
    public var mean: [Double]
    /// Smallest weight after each round.
    public var low: [Double]
    /// Largest weight after each round.
    public var high: [Double]
    /// Mean fusion emphasis (gate); nil where the method has none.
    @NullableField public var emphasis: Double?

    /// A trajectory; the three lists are equally long.
    public init(
      method: String, mean: [Double], low: [Double], high: [Double], emphasis: Double? = nil
    ) {
      self.method = method
      self.mean = mean
      self.low = low
      self.high = high
      self.emphasis = emphasis.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The trajectory over several fits, in their order; fits may differ in length.
    ///
    /// - Complexity: O(fits · rounds).
    public init(method: String, fits: [[Double]], emphases: [Double] = []) {
      let rounds = fits.map(\.count).max() ?? 0
      var (mean, low, high) = ([Double](), [Double](), [Double]())
      for round in 0..<rounds {
        let values = fits.compactMap { round < $0.count ? $0[round] : nil }
        mean.append(values.reduce(0, +) / Double(values.count))
        low.append(values.min() ?? 0)
        high.append(values.max() ?? 0)
      }
      self.init(
        method: method, mean: mean, low: low, high: high,
        emphasis: emphases.isEmpty ? nil : emphases.reduce(0, +) / Double(emphases.count))
    }
  }

  /// The decision on one ordered pair of teacher and student, over all fits of a method.
  public struct Distillation: Codable, Equatable, Sendable {
    /// Method name.
    @NullableField public var method: String?
    /// Modality that would teach.
    public var teacher: String
    /// Modality that would learn.
    public var student: String
    /// Mean gate, 0…1.
    public var gate: Double
    /// The most frequent decision: `distil`, `uncertain` or `no`.
    public var decision: String
    /// Fits with each decision, by name.
    public var decisions: [String: Int]
    /// Mean I(H_t; H_s) in nats.
    @NullableField public var teacherStudentNats: Double?
    /// Mean I(H_s; Y) in nats.
    @NullableField public var studentLabelNats: Double?
    /// 95 % interval of their difference in nats, averaged over fits.
    @NullableField public var interval: Bounds?
    /// Mean gain in macro-F1 that was expected; nil where no student was tried within inner folds.
    @NullableField public var expectedGain: Double?
    /// Why, in words.
    @NullableField public var reason: String?

    enum CodingKeys: String, CodingKey {
      case method, teacher, student, gate, decision, decisions, interval, reason
      case expectedGain = "expected_gain"
      case teacherStudentNats = "mi_teacher_student"
      case studentLabelNats = "mi_student_label"
    }

    /// A decision.
    public init(
      method: String? = nil, teacher: String, student: String, gate: Double, decision: String,
      decisions: [String: Int] = [:], teacherStudentNats: Double?, studentLabelNats: Double?,
      interval: Bounds?, expectedGain: Double? = nil, reason: String? = nil
    ) {
      self.method = method
      self.teacher = teacher
      self.student = student
      self.gate = gate
      self.decision = decision
      self.decisions = decisions
      self.teacherStudentNats = teacherStudentNats.flatMap { $0.isFinite ? $0 : nil }
      self.studentLabelNats = studentLabelNats.flatMap { $0.isFinite ? $0 : nil }
      self.interval = interval
      self.expectedGain = expectedGain.flatMap { $0.isFinite ? $0 : nil }
      self.reason = reason
    }
  }
}
