import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// Who could teach whom: the distillation gate of every ordered pair on the whole cohort, under every
/// rule.
struct AuditGate {
  /// By student, then teacher.
  let decisions: [AuditSummary.Distillation]

  init(_ design: AuditDesign) throws {
    let context = FitContext(
      streams: design.streams.scoped("distillation"), preprocessing: design.preprocessing,
      innerFolds: design.innerFolds, gate: design.gate)
    let linear = try LinearDistillation(design.everyone, context)
    guard linear.features.modalities.count > 1 else {
      decisions = []
      return
    }
    let deciding = DistillationRule(gate: design.gate, default: .automatic)
    // One reading serves every rule: `auto` asks for most.
    let names = design.modalities
    func place(_ name: String) -> Int { names.firstIndex(of: name) ?? names.count }
    decisions = try linear.evidence(for: .automatic)
      .sorted { (place($0.student), place($0.teacher)) < (place($1.student), place($1.teacher)) }
      .map { Self.answer($0, deciding: deciding) }
  }

  private static func answer(
    _ evidence: DistillationEvidence, deciding: DistillationRule
  ) -> AuditSummary.Distillation {
    let records = DistillationRule.allCases.map { rule in
      (rule: rule, record: rule.decision(on: evidence).record(evidence))
    }
    let chosen = deciding.decision(on: evidence).record(evidence)
    let delta = evidence.teacherStudent - evidence.studentLabel
    let error = evidence.differenceStandardError
    let width = normalQuantile(0.975) * error
    return AuditSummary.Distillation(
      teacher: evidence.teacher, student: evidence.student,
      teacherStudent: evidence.teacherStudent, studentLabel: evidence.studentLabel,
      difference: AuditSummary.Estimate(
        estimate: delta, interval: StudySummary.Bounds(delta - width, delta + width),
        standardError: error, n: evidence.commonCount),
      probability: evidence.isReliable ? probabilityPositive(delta, error) : nil,
      skill: probabilityPositive(evidence.skill.value, evidence.skill.standardError),
      expectedGain: chosen.expectedGain, unlabelled: evidence.unlabelledCount, gate: chosen.gate,
      decision: chosen.decision, reason: chosen.reason,
      criteria: records.map { rule, record in
        AuditSummary.Distillation.Criterion(
          rule: rule.rawValue, gate: record.gate, decision: record.decision, reason: record.reason)
      })
  }

  private static func probabilityPositive(_ value: Double, _ error: Double) -> Double {
    ComplementarityGate.probabilityPositive(value, error)
  }
}
