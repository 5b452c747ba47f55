import Cohort

/// What a rule decides on an ordered pair.
package struct DistillationDecision: Equatable, Sendable {
  /// What to do with a pair, as a word.
  package typealias Verdict = ComplementarityGate.Decision

  /// g, 0…1.
  package var gate: Double
  /// λ, the teacher's share in a labelled patient's loss.
  package var lossWeight: Double
  /// Why, in plain words.
  package var reason: String

  /// A decision.
  package init(gate: Double, lossWeight: Double, reason: String) {
    self.gate = gate
    self.lossWeight = lossWeight
    self.reason = reason
  }

  /// `distil` from a gate of .9, `no` up to .1, else `uncertain`.
  package var verdict: Verdict { Verdict(gate: gate) }

  /// The decision for the report.
  package func record(_ evidence: DistillationEvidence) -> FitRecord.Distillation {
    FitRecord.Distillation(
      teacher: evidence.teacher, student: evidence.student, gate: gate,
      decision: verdict.rawValue, teacherStudentNats: evidence.teacherStudent,
      studentLabelNats: evidence.studentLabel,
      differenceStandardError: evidence.differenceStandardError, reason: reason)
  }
}
