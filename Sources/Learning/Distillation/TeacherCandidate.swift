import Cohort
import LinearAlgebra
import MutualInformation

/// One ordered teacher–student pair with the evidence for and against distillation.
struct TeacherCandidate: Sendable {
  let teacher: Int
  let student: Int
  /// Unlabelled training rows that have both modalities.
  let unlabelledPairs: [Int]
  /// Gate g, 0…1, once a rule was applied.
  private(set) var gate = 0.0
  /// Weight λ of the teacher's posterior in labelled targets.
  private(set) var lossWeight = 0.0
  /// Gap × supply, in nats.
  private(set) var score = 0.0
  private var decision = "no"
  private var reason = ""

  private let labelledCount: Int
  private let teacherStudentNats: Double
  private let studentLabelNats: Double
  private let teacherLabelNats: Double
  private let differenceError: Double
  private let skillGap: Double
  private let skillError: Double
  private let isReliable: Bool

  init(
    teacher: Int, student: Int, representations: ModalityRepresentations, fitted: ModalityHeads,
    features: RelationalFeatures, labelled: LabelledRows, training: TrainingView
  ) throws {
    self.teacher = teacher
    self.student = student
    labelledCount = labelled.rows.count
    unlabelledPairs = (0..<training.trainingCount).filter {
      training.labels[$0] < 0 && features.isMeasured[teacher][$0]
        && features.isMeasured[student][$0]
    }
    let evidence = try representations.evidence(teacher: teacher, student: student)
    teacherStudentNats = evidence.teacherStudent
    studentLabelNats = evidence.studentLabel
    teacherLabelNats = evidence.teacherLabel
    differenceError = evidence.differenceStandardError
    skillGap = fitted.signals[teacher].macroF1 - fitted.signals[student].macroF1
    skillError = evidence.skillStandardError
    isReliable = evidence.isReliable
  }

  /// Gap × supply: (I(H_t; Y) - I(H_s; Y)) · U/L.
  mutating func applyGapSupply() {
    score = gapTimesSupply(
      teacherLabel: teacherLabelNats, studentLabel: studentLabelNats,
      unlabelled: unlabelledPairs.count, labelled: labelledCount)
    gate = 0
    decision = "no"
    if unlabelledPairs.isEmpty {
      reason = "no unlabelled patient has both modalities, and labels alone teach a student more"
    } else if score <= 0 {
      reason = "the teacher knows no more of the label than the student"
    } else {
      reason = "another teacher offers more"
    }
  }

  /// Outcome of the inner check on the best candidate.
  mutating func applyInnerCheck(gain: Double) {
    let rounded = (gain * 1_000).rounded() / 1_000
    if gain > 0 {
      gate = 1
      decision = "distil"
      reason =
        "gap x supply is positive and the inner check gained \(rounded) macro-F1 for patients "
        + "without the teacher"
    } else {
      decision = "no"
      reason = "gap x supply is positive, but the inner check gained nothing (\(rounded) macro-F1)"
    }
  }

  /// The paper's gate on I(H_t; H_s) against I(H_s; Y); optionally times the chance that the
  /// teacher is the better one.
  mutating func applyComplementarity(withSkill: Bool) {
    let complementarity = ComplementarityGate(
      teacherStudent: teacherStudentNats, studentLabel: studentLabelNats,
      standardError: differenceError, skill: withSkill ? (skillGap, skillError) : nil,
      isReliable: isReliable)
    gate = complementarity.gate
    lossWeight = complementarity.lossWeight
    decision = complementarity.decision.rawValue
    reason =
      !isReliable
      ? "too few rows to decide: gate at one half"
      : withSkill
        ? "complementarity times the chance that the teacher is the better one"
        : "complementarity: I(teacher; student) against I(student; label)"
  }

  /// The decision for the report.
  func record(_ names: [String]) -> FitRecord.Distillation {
    FitRecord.Distillation(
      teacher: names[teacher], student: names[student], gate: gate, decision: decision,
      teacherStudentNats: teacherStudentNats, studentLabelNats: studentLabelNats,
      differenceStandardError: differenceError, reason: reason)
  }
}
