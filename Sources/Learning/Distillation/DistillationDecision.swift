import Cohort

/// What a rule decides on an ordered pair.
package struct DistillationDecision: Equatable, Sendable {
  /// What to do with a pair, as a word.
  package typealias Verdict = ComplementarityGate.Decision

  /// g, 0…1: how sure the rule is that teaching helps.
  package var gate: Double
  /// λ, the teacher's share in a labelled patient's loss.
  package var lossWeight: Double
  /// What is done.
  package var verdict: Verdict
  /// What the rule hopes for, to tell the better of two teachers; in its own unit.
  package var promise: Double
  /// Why, in plain words.
  package var reason: String

  /// A decision.
  package init(
    gate: Double, lossWeight: Double, verdict: Verdict, promise: Double, reason: String
  ) {
    self.gate = gate
    self.lossWeight = lossWeight
    self.verdict = verdict
    self.promise = promise
    self.reason = reason
  }

  /// A pair that must not teach.
  package static func closed(_ reason: String) -> DistillationDecision {
    DistillationDecision(gate: 0, lossWeight: 0, verdict: .no, promise: 0, reason: reason)
  }

  /// The decision for the report.
  package func record(_ evidence: DistillationEvidence) -> FitRecord.Distillation {
    let expected = evidence.trial.map { _ in ExpectedGain(evidence) }
    return FitRecord.Distillation(
      teacher: evidence.teacher, student: evidence.student, gate: gate,
      decision: verdict.rawValue, teacherStudentNats: evidence.teacherStudent,
      studentLabelNats: evidence.studentLabel,
      differenceStandardError: evidence.differenceStandardError, reason: reason,
      teacherLabelNats: evidence.teacherLabel, unlabelledPairs: evidence.unlabelledCount,
      innerGain: evidence.trial?.value, innerGainStandardError: evidence.trial?.standardError,
      expectedGain: expected?.value, probability: expected?.probability)
  }
}
