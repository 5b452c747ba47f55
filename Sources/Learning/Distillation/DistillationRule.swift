import Cohort
import Foundation

/// How evidence becomes a decision on who teaches whom (`--gate`).
package enum DistillationRule: String, CaseIterable, Sendable {
  /// Open where a gain is to be expected from an inner trial, gap and supply (``ExpectedGain``).
  case automatic = "auto"
  /// Φ(Δ/SE), Δ = I(H_t; H_s) - I(H_s; Y): the paper's.
  case complementarity = "cch"
  /// The same times Φ((F_t - F_s)/SE).
  case complementarityAndSkill = "cch+skill"
  /// Open where (I(H_t; Y) - I(H_s; Y)) · U/L is positive.
  case gapSupply = "gap-supply"

  /// The rule asked for by `--gate`, or a method's own.
  init(gate: String?, default own: DistillationRule) {
    self = gate.flatMap(DistillationRule.init(rawValue:)) ?? own
  }

  /// Whether the rule looks at an inner trial of the student.
  package var needsTrial: Bool { self == .automatic }

  /// The decision on a pair.
  ///
  /// - Parameter largestWeight: λ_max, a teacher's largest share in a labelled patient's loss.
  package func decision(
    on evidence: DistillationEvidence, largestWeight: Double = 0.5
  ) -> DistillationDecision {
    guard evidence.isSufficient else {
      return .closed("one of both modalities has too few labelled patients")
    }
    switch self {
    case .complementarity, .complementarityAndSkill:
      return complementarity(evidence, largestWeight)
    case .gapSupply:
      return gapSupply(evidence, largestWeight)
    case .automatic:
      return expectedGain(evidence, largestWeight)
    }
  }

  private func complementarity(
    _ evidence: DistillationEvidence, _ largestWeight: Double
  ) -> DistillationDecision {
    let withSkill = self == .complementarityAndSkill
    let gate = ComplementarityGate(
      teacherStudent: evidence.teacherStudent, studentLabel: evidence.studentLabel,
      standardError: evidence.differenceStandardError,
      skill: withSkill ? (evidence.skill.value, evidence.skill.standardError) : nil,
      isReliable: evidence.isReliable, largestWeight: largestWeight)
    var reason =
      evidence.teacherStudent > evidence.studentLabel
      ? "the student shares more with the teacher than it tells about the label"
      : "the student tells more about the label than it shares with the teacher"
    if !evidence.isReliable {
      reason =
        "too few patients with both modalities: fewer than 50, or fewer than 5 of a class"
    } else if withSkill, evidence.skill.value <= 0 {
      reason += "; the teacher is not the better classifier"
    }
    return DistillationDecision(
      gate: gate.gate, lossWeight: gate.lossWeight, verdict: gate.decision, promise: gate.gate,
      reason: reason)
  }

  private static let noSupply =
    "no unlabelled patient has both modalities, and labels alone teach a student no more"

  private func gapSupply(
    _ evidence: DistillationEvidence, _ largestWeight: Double
  ) -> DistillationDecision {
    guard evidence.unlabelledCount > 0 else { return .closed(Self.noSupply) }
    guard evidence.gapSupply > 0 else {
      return .closed("the teacher knows no more of the label than the student")
    }
    return DistillationDecision(
      gate: 1, lossWeight: largestWeight, verdict: .distil, promise: evidence.gapSupply,
      reason:
        "the teacher tells more about the label, and unlabelled patients have both modalities")
  }

  private func expectedGain(
    _ evidence: DistillationEvidence, _ largestWeight: Double
  ) -> DistillationDecision {
    guard evidence.unlabelledCount > 0 else { return .closed(Self.noSupply) }
    let expected = ExpectedGain(evidence)
    let isWorthwhile = expected.value > 0
    func signed(_ value: Double) -> String { String(format: "%+.3f", value) }
    let seen =
      evidence.trial.map { trial in
        "taught within inner folds the student changed by \(signed(trial.value)) macro-F1 "
          + "(SE \(String(format: "%.3f", trial.standardError))); with gap and supply "
      } ?? "by gap and supply "
    return DistillationDecision(
      gate: expected.probability,
      lossWeight: isWorthwhile ? largestWeight * expected.probability : 0,
      verdict: isWorthwhile ? .distil : .no, promise: expected.value,
      reason: seen + "\(signed(expected.value)) is expected, "
        + "a gain with probability \(String(format: "%.2f", expected.probability))")
  }
}

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
