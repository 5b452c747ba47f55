import Cohort
import LinearAlgebra
import NeuralNetwork

/// Stage 1 of the default method: who may teach whom, and the students that came of it.
///
/// Under `auto` and `gap-supply` a student learns through unlabelled patients from the one teacher
/// that promises most, and serves patients whose teacher modality is missing. Under the paper's
/// rules `cch` and `cch+skill` labelled targets are mixed with the teachers' calibrated out-of-fold
/// posteriors by λ = ½ g.
struct DistillationStage: Sendable {
  /// A head taught by another modality.
  struct Student: Sendable {
    let teacher: Int
    let head: SoftmaxRegression.Model
  }

  /// One decision per ordered pair, students in modality order.
  let decisions: [FitRecord.Distillation]
  /// Per modality the mixed targets of its labelled rows; nil where nobody teaches it.
  let softTargets: [Matrix?]
  /// Per modality the student that serves where its teacher is missing, in full features.
  let students: [Student?]

  /// An ordered pair under decision.
  private struct Pair {
    let teacher: Int
    let evidence: DistillationEvidence
    var decision: DistillationDecision
  }

  /// What the stage depends on within a fold.
  struct Key: SharedKey {
    typealias Value = DistillationStage
    let features: RelationalFeatures.Key
    let innerFolds: Int
    let rule: DistillationRule
  }

  init(_ linear: LinearDistillation, rule: DistillationRule) throws {
    let count = linear.features.modalities.count
    var decisions: [FitRecord.Distillation] = []
    var softTargets = [Matrix?](repeating: nil, count: count)
    var students = [Student?](repeating: nil, count: count)
    for s in 0..<count {
      var pairs = try (0..<count).filter { $0 != s }.map { t in
        let evidence = try linear.evidence(teacher: t, student: s, for: rule)
        return Pair(teacher: t, evidence: evidence, decision: rule.decision(on: evidence))
      }
      switch rule {
      case .automatic, .gapSupply:
        students[s] = try Self.bestStudent(s, &pairs, linear)
      case .complementarity, .complementarityAndSkill:
        softTargets[s] = Self.mixedTargets(pairs, linear)
      }
      decisions += pairs.map { $0.decision.record($0.evidence) }
    }
    self.decisions = decisions
    self.softTargets = softTargets
    self.students = students
  }

  /// The student of the open pair that promises most.
  private static func bestStudent(
    _ s: Int, _ pairs: inout [Pair], _ linear: LinearDistillation
  ) throws -> Student? {
    let open = pairs.indices.filter { pairs[$0].decision.verdict == .distil }
    guard
      let best = open.max(by: {
        (pairs[$0].decision.promise, $1) < (pairs[$1].decision.promise, $0)
      })
    else { return nil }
    for k in open where k != best {
      pairs[k].decision.verdict = .no
      pairs[k].decision.reason =
        "\(pairs[best].evidence.teacher) promises more; " + pairs[k].decision.reason
    }
    let t = pairs[best].teacher
    let head = try linear.trainer(teacher: t, student: s).student()
    return Student(teacher: t, head: linear.heads.lifted(head, s))
  }

  /// (1 - λ) one-hot + λ Σ_t (g_t/Σg) p_t on rows whose teachers were measured, λ the largest of theirs.
  private static func mixedTargets(_ pairs: [Pair], _ linear: LinearDistillation) -> Matrix? {
    guard pairs.contains(where: { $0.decision.gate > 0 }) else { return nil }
    var targets = linear.labelled.targets
    for i in 0..<targets.rowCount {
      let available = pairs.filter {
        linear.readings.isMeasured[$0.teacher][i] && $0.decision.gate > 0
      }
      let total = available.reduce(0) { $0 + $1.decision.gate }
      guard total > 0 else { continue }
      let share = available.map(\.decision.lossWeight).max() ?? 0
      for c in 0..<targets.columnCount {
        var taught = 0.0
        for pair in available {
          taught += pair.decision.gate / total * linear.readings.posteriors[pair.teacher][i, c]
        }
        targets[i, c] = (1 - share) * targets[i, c] + share * taught
      }
    }
    return targets
  }
}
