import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// Who could teach whom: the distillation gate of every ordered pair on the whole cohort, under every
/// rule.
struct AuditGate {
  /// By student, then teacher.
  let decisions: [AuditSummary.Distillation]

  /// Rules shown, as `--gate` names them.
  private static let rules: [DistillationStage.Rule] = [
    .gapSupply, .complementarity, .complementarityAndSkill,
  ]

  init(_ design: AuditDesign) throws {
    let training = design.everyone
    let context = FitContext(
      streams: design.streams.scoped("distillation"), preprocessing: design.preprocessing,
      innerFolds: design.innerFolds, gate: design.gate)
    let features = RelationalFeatures(training, context, .none)
    guard features.modalities.count > 1 else {
      decisions = []
      return
    }
    let labelled = LabelledRows(training, context)
    let heads = try ModalityHeads(features, labelled)
    let byRule = try Self.rules.map { rule in
      try DistillationStage(features, heads, labelled, training, rule: rule, context.streams)
        .decisions
    }
    let deciding = Self.rules.firstIndex(of: DistillationStage.Rule(design.gate)) ?? 0
    decisions = byRule[0].indices.map { index in
      let records = byRule.map { $0[index] }
      let pair = records[deciding]
      let delta = pair.teacherStudentNats - pair.studentLabelNats
      let width = normalQuantile(0.975) * pair.differenceStandardError
      let common = labelled.rows.count { row in
        [pair.teacher, pair.student].allSatisfy { name in
          features.modalities.firstIndex(of: name).map { features.isMeasured[$0][row] } ?? false
        }
      }
      let (plain, skilled) = (records[1].gate, records[2].gate)
      return AuditSummary.Distillation(
        teacher: pair.teacher, student: pair.student, teacherStudent: pair.teacherStudentNats,
        studentLabel: pair.studentLabelNats,
        difference: AuditSummary.Estimate(
          estimate: delta, interval: StudySummary.Bounds(delta - width, delta + width),
          standardError: pair.differenceStandardError, n: common),
        probability: plain, skill: plain > 0 ? skilled / plain : nil, gate: pair.gate,
        decision: pair.decision, reason: pair.reason,
        criteria: zip(Self.rules, records).map { rule, record in
          AuditSummary.Distillation.Criterion(
            rule: rule.rawValue, gate: record.gate, decision: record.decision,
            reason: record.reason)
        })
    }
  }
}
