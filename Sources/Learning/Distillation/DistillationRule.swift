/// How evidence becomes a decision on who teaches whom (`--gate`).
package enum DistillationRule: String, CaseIterable, Sendable {
  /// What predicts best by our measurement (docs/results/distillation-gate.md).
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

  /// The decision on a pair.
  ///
  /// - Parameter largestWeight: λ_max, a teacher's largest share in a labelled patient's loss.
  package func decision(
    on evidence: DistillationEvidence, largestWeight: Double = 0.5
  ) -> DistillationDecision {
    guard evidence.isSufficient else {
      return DistillationDecision(
        gate: 0, lossWeight: 0, reason: "one of both modalities has too few labelled patients")
    }
    switch self {
    case .complementarity, .complementarityAndSkill:
      return complementarity(evidence, largestWeight)
    case .gapSupply, .automatic:
      return gapSupply(evidence, largestWeight)
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
    return DistillationDecision(gate: gate.gate, lossWeight: gate.lossWeight, reason: reason)
  }

  private func gapSupply(
    _ evidence: DistillationEvidence, _ largestWeight: Double
  ) -> DistillationDecision {
    if evidence.gapSupply > 0 {
      return DistillationDecision(
        gate: 1, lossWeight: largestWeight,
        reason:
          "the teacher tells more about the label, and unlabelled patients have both modalities")
    }
    return DistillationDecision(
      gate: 0, lossWeight: 0,
      reason: evidence.unlabelledCount == 0
        ? "no unlabelled patient has both modalities, and labels alone teach a student more"
        : "the teacher knows no more of the label than the student")
  }
}
