extension AuditSummary {
  /// Whether one modality should teach another, by every rule, and by the one that decides.
  public struct Distillation: Codable, Equatable, Sendable {
    /// One rule's decision.
    public struct Criterion: Codable, Equatable, Sendable {
      /// The rule, as `--gate` names it.
      public var rule: String
      /// Its gate, 0…1.
      public var gate: Double
      /// `distil`, `uncertain` or `no`.
      public var decision: String
      /// Why, in words.
      @NullableField public var reason: String?

      /// A decision.
      public init(rule: String, gate: Double, decision: String, reason: String?) {
        self.rule = rule
        self.gate = gate
        self.decision = decision
        self.reason = reason
      }
    }

    /// Modality that would teach.
    public var teacher: String
    /// Modality that would learn.
    public var student: String
    /// I(H_t; H_s), H the out-of-fold answers of the modality's head.
    @NullableField public var teacherStudent: Double?
    /// I(H_s; Y).
    @NullableField public var studentLabel: Double?
    /// Δ = I(H_t; H_s) - I(H_s; Y).
    public var difference: Estimate
    /// Probability g that Δ is positive: the complementarity gate.
    @NullableField public var probability: Double?
    /// Probability that the teacher is the better of the two.
    @NullableField public var skill: Double?
    /// Gain in macro-F1 that teaching may be expected to bring; nil where no student was tried within
    /// inner folds.
    @NullableField public var expectedGain: Double?
    /// Unlabelled patients who have both modalities.
    public var unlabelled: Int
    /// Gate of the rule that decides.
    public var gate: Double
    /// Decision of that rule: `distil`, `uncertain` or `no`.
    public var decision: String
    /// Its reason, in words.
    @NullableField public var reason: String?
    /// Every rule's decision.
    public var criteria: [Criterion]

    enum CodingKeys: String, CodingKey {
      case teacher, student, difference, probability, skill, unlabelled, gate, decision, reason
      case criteria
      case expectedGain = "expected_gain"
      case teacherStudent = "mi_teacher_student"
      case studentLabel = "mi_student_label"
    }

    /// A pair.
    public init(
      teacher: String, student: String, teacherStudent: Double?, studentLabel: Double?,
      difference: Estimate, probability: Double?, skill: Double?, expectedGain: Double?,
      unlabelled: Int, gate: Double, decision: String, reason: String?, criteria: [Criterion]
    ) {
      func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      self.teacher = teacher
      self.student = student
      self.teacherStudent = finite(teacherStudent)
      self.studentLabel = finite(studentLabel)
      self.difference = difference
      self.probability = finite(probability)
      self.skill = finite(skill)
      self.expectedGain = finite(expectedGain)
      self.unlabelled = unlabelled
      self.gate = gate
      self.decision = decision
      self.reason = reason
      self.criteria = criteria
    }
  }
}
