import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// What speaks for and against one modality teaching another.
struct PairEvidence: Sendable {
  /// Index of the teacher.
  let teacher: Int
  /// Index of the student.
  let student: Int
  /// I(H_t; H_s), nats: copula-Gaussian on centred out-of-fold log-probabilities.
  let teacherStudent: Double
  /// I(H_s; Y), nats, on the same patients.
  let studentLabel: Double
  /// Of the difference of both, nats, by a delete-block jackknife.
  let standardError: Double
  /// F_t - F_s with its standard error; nil where not asked for.
  let skill: (difference: Double, standardError: Double)?
  /// (I(H_t; Y) - I(H_s; Y)) · U/L.
  let gapSupply: Double
  /// Whether there are patients enough: 50 in common, five of every class.
  let isReliable: Bool

  init(
    _ signals: NetworkSignals, teacher: Int, student: Int, labels: [Int], classCount: Int,
    withSkill: Bool, streams: RandomStreams
  ) throws {
    self.teacher = teacher
    self.student = student
    let common = labels.indices.filter {
      signals.isAvailable[teacher][$0] && signals.isAvailable[student][$0]
    }
    let rows = common.filter { labels[$0] >= 0 }
    let truth = rows.map { labels[$0] }
    var counts = [Int](repeating: 0, count: classCount)
    for label in truth { counts[label] += 1 }
    isReliable = rows.count >= 50 && counts.allSatisfy { $0 == 0 || $0 >= 5 }
    // One column follows from the others; without that of the largest class, names do not matter.
    let largest = counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
    let columns = (0..<classCount).filter { $0 != largest }
    func representation(_ m: Int) -> Matrix {
      let probabilities = signals.teachers[m].selecting(rows: rows).mapValues(exponential)
      return centeredLogProbabilities(probabilities).selecting(columns: columns)
    }
    let (x, y) = (representation(teacher), representation(student))
    let terms = rows.map { signals.labelTerms[student][$0] }
    @Sendable func shared(_ kept: [Int]) throws -> Double {
      try CorrelationInformation()
        .estimate(x.selecting(rows: kept), y.selecting(rows: kept)).information
    }
    studentLabel = orderedSum(terms) / Double(max(rows.count, 1))
    let teacherLabel =
      orderedSum(rows.map { signals.labelTerms[teacher][$0] }) / Double(max(rows.count, 1))
    gapSupply = gapTimesSupply(
      teacherLabel: teacherLabel, studentLabel: studentLabel,
      unlabelled: common.count - rows.count, labelled: labels.count { $0 >= 0 })
    guard rows.count >= 20 else {
      (teacherStudent, standardError, skill) = (0, 0, nil)
      return
    }
    teacherStudent = try shared(Array(rows.indices))
    let blocks = streams.stream("relational-network/jackknife")
    standardError = try BlockJackknife(rowCount: rows.count, stream: blocks) { kept in
      try shared(kept) - orderedMean(kept.map { terms[$0] })
    }.standardError
    skill =
      withSkill
      ? try Self.skill(
        argmaxRows(signals.teachers[teacher].selecting(rows: rows)),
        argmaxRows(signals.teachers[student].selecting(rows: rows)), truth: truth,
        classCount: classCount, blocks) : nil
  }

  private static func skill(
    _ teacher: [Int], _ student: [Int], truth: [Int], classCount: Int, _ blocks: RandomStream
  ) throws -> (difference: Double, standardError: Double) {
    @Sendable func difference(_ kept: [Int]) -> Double {
      func score(_ predicted: [Int]) -> Double {
        macroF1(
          truth: kept.map { truth[$0] }, predicted: kept.map { predicted[$0] },
          classCount: classCount)
      }
      return score(teacher) - score(student)
    }
    let jackknife = try BlockJackknife(rowCount: truth.count, stream: blocks) { difference($0) }
    return (difference(Array(truth.indices)), jackknife.standardError)
  }

  /// The gate under a rule.
  func gate(
    _ rule: DistillationPlan.Rule, largestWeight: Double
  ) -> (gate: Double, lossWeight: Double) {
    guard rule != .gapSupply else {
      return gapSupply > 0 ? (1, largestWeight) : (0, 0)
    }
    let gate = ComplementarityGate(
      teacherStudent: teacherStudent, studentLabel: studentLabel, standardError: standardError,
      skill: rule == .complementarityAndSkill ? skill : nil, isReliable: isReliable,
      largestWeight: largestWeight)
    return (gate.gate, gate.lossWeight)
  }

  /// The decision for the report; `remark` is why the gate is not the rule's, where it is not.
  func record(
    _ names: [String], gate: Double, rule: DistillationPlan.Rule, remark: String?
  ) -> FitRecord.Distillation {
    let decision: ComplementarityGate.Decision =
      gate >= 0.9 ? .distil : gate <= 0.1 ? .no : .uncertain
    return FitRecord.Distillation(
      teacher: names[teacher], student: names[student], gate: gate, decision: decision.rawValue,
      teacherStudentNats: teacherStudent, studentLabelNats: studentLabel,
      differenceStandardError: standardError, reason: remark ?? reason(rule))
  }

  private func reason(_ rule: DistillationPlan.Rule) -> String {
    if rule == .gapSupply {
      return gapSupply > 0
        ? "the teacher tells more about the label, and unlabelled patients have both modalities"
        : "no gap in label information, or no unlabelled patients with both modalities"
    }
    guard isReliable else {
      return "too few patients with both modalities: fewer than 50, or fewer than 5 of a class"
    }
    let complementarity =
      teacherStudent > studentLabel
      ? "the student shares more with the teacher than it tells about the label"
      : "the student tells more about the label than it shares with the teacher"
    guard rule == .complementarityAndSkill, let skill, skill.difference <= 0 else {
      return complementarity
    }
    return complementarity + "; the teacher is not the better classifier"
  }
}
