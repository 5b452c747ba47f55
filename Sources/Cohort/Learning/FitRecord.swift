/// What a fit decided: kept per task, summarised in `summary.json` and the report.
public struct FitRecord: Codable, Equatable, Sendable {
  /// Signals and weights of one modality.
  public struct Modality: Codable, Equatable, Sendable {
    /// Modality name.
    public var name: String
    /// Out-of-fold macro-F1 of its own head, 0…1.
    public var macroF1: Double?
    /// Out-of-fold mutual information with the label over the label's entropy, 0…1.
    public var informativeness: Double?
    /// Fusion emphasis (gate), mean about 1.
    public var emphasis: Double?
    /// Loss weight after each round or epoch, mean about 1.
    public var weights: [Double]

    /// Creates a record.
    public init(
      name: String, macroF1: Double? = nil, informativeness: Double? = nil,
      emphasis: Double? = nil, weights: [Double] = []
    ) {
      self.name = name
      self.macroF1 = macroF1
      self.informativeness = informativeness
      self.emphasis = emphasis
      self.weights = weights
    }
  }

  /// The decision on one ordered teacher–student pair.
  public struct Distillation: Codable, Equatable, Sendable {
    /// Modality that would teach.
    public var teacher: String
    /// Modality that would learn.
    public var student: String
    /// Gate value, 0…1.
    public var gate: Double
    /// `distil`, `uncertain` or `no`.
    public var decision: String
    /// I(H_t; H_s) in nats.
    public var teacherStudentNats: Double
    /// I(H_s; Y) in nats.
    public var studentLabelNats: Double
    /// Standard error of their difference, in nats.
    public var differenceStandardError: Double
    /// Why, in words.
    public var reason: String?
    /// I(H_t; Y) in nats.
    public var teacherLabelNats: Double?
    /// Unlabelled training patients who have both modalities.
    public var unlabelledPairs: Int?
    /// What the student gained in macro-F1 when it was taught within inner folds.
    public var innerGain: Double?
    /// Standard error of that.
    public var innerGainStandardError: Double?
    /// Gain in macro-F1 expected from that, the gap in label information and the supply.
    public var expectedGain: Double?
    /// Probability that there is a gain, 0…1.
    public var probability: Double?

    /// Creates a record.
    public init(
      teacher: String, student: String, gate: Double, decision: String,
      teacherStudentNats: Double, studentLabelNats: Double, differenceStandardError: Double,
      reason: String? = nil, teacherLabelNats: Double? = nil, unlabelledPairs: Int? = nil,
      innerGain: Double? = nil, innerGainStandardError: Double? = nil,
      expectedGain: Double? = nil, probability: Double? = nil
    ) {
      self.teacher = teacher
      self.student = student
      self.gate = gate
      self.decision = decision
      self.teacherStudentNats = teacherStudentNats
      self.studentLabelNats = studentLabelNats
      self.differenceStandardError = differenceStandardError
      self.reason = reason
      self.teacherLabelNats = teacherLabelNats
      self.unlabelledPairs = unlabelledPairs
      self.innerGain = innerGain
      self.innerGainStandardError = innerGainStandardError
      self.expectedGain = expectedGain
      self.probability = probability
    }
  }

  /// Per modality, in cohort order.
  public var modalities: [Modality]
  /// Per ordered pair considered.
  public var distillation: [Distillation]
  /// Remarks for the report.
  public var notes: [String]

  /// Creates a record.
  public init(
    modalities: [Modality] = [], distillation: [Distillation] = [], notes: [String] = []
  ) {
    self.modalities = modalities
    self.distillation = distillation
    self.notes = notes
  }
}
