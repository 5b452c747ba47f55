import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation
import NeuralNetwork

/// Stage 1 of the default method: who may teach whom, and the students that came of it.
///
/// The rule `gap-supply` (default) distils only through unlabelled patients who have both
/// modalities, where (I(H_t; Y) - I(H_s; Y)) · U/L is positive and an inner check confirms that the
/// student improves; its students serve patients whose teacher modality is missing. The rules `cch`
/// and `cch+skill` are the paper's: labelled targets are mixed with the teacher's calibrated
/// out-of-fold posterior by λ = ½ g.
struct DistillationStage: Sendable {
  /// How the decision is made.
  enum Rule: String, Sendable {
    case gapSupply = "gap-supply"
    case complementarity = "cch"
    case complementarityAndSkill = "cch+skill"

    /// The rule of `--gate`; `auto` is gap × supply.
    init(_ gate: String?) {
      self = gate.flatMap(Rule.init(rawValue:)) ?? .gapSupply
    }
  }

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

  init(
    _ features: RelationalFeatures, _ fitted: ModalityHeads, _ labelled: LabelledRows,
    _ training: TrainingView, rule: Rule, _ streams: RandomStreams
  ) throws {
    let names = features.modalities
    var decisions: [FitRecord.Distillation] = []
    var softTargets = [Matrix?](repeating: nil, count: names.count)
    var students = [Student?](repeating: nil, count: names.count)
    let representations = ModalityRepresentations(features, fitted, labelled, streams)
    for s in names.indices {
      var pairs: [TeacherCandidate] = []
      for t in names.indices where t != s {
        pairs.append(
          try TeacherCandidate(
            teacher: t, student: s, representations: representations, fitted: fitted,
            features: features, labelled: labelled, training: training))
      }
      switch rule {
      case .gapSupply:
        let taught = try Self.bestStudent(&pairs, features, fitted, labelled)
        students[s] = taught
      case .complementarity, .complementarityAndSkill:
        for k in pairs.indices {
          pairs[k].applyComplementarity(withSkill: rule == .complementarityAndSkill)
        }
        softTargets[s] = Self.mixedTargets(pairs, representations, labelled, features)
      }
      decisions += pairs.map { $0.record(names) }
    }
    self.decisions = decisions
    self.softTargets = softTargets
    self.students = students
  }

  /// The student of the candidate with the largest gap × supply that passes the inner check.
  private static func bestStudent(
    _ pairs: inout [TeacherCandidate], _ features: RelationalFeatures, _ fitted: ModalityHeads,
    _ labelled: LabelledRows
  ) throws -> Student? {
    for k in pairs.indices { pairs[k].applyGapSupply() }
    let order = pairs.indices.filter { pairs[$0].score > 0 }
      .sorted { (pairs[$0].score, $1) > (pairs[$1].score, $0) }
    guard let k = order.first else { return nil }
    let pair = pairs[k]
    let trainer = StudentTrainer(pair, features, fitted, labelled)
    let gain = try trainer.innerGain()
    pairs[k].applyInnerCheck(gain: gain)
    guard gain > 0 else { return nil }
    let head = try trainer.student(on: labelled.everything, fold: nil)
    return Student(teacher: pair.teacher, head: fitted.lifted(head, pair.student))
  }

  /// (1 - λ) one-hot + λ Σ_t (g_t/Σg) p_t on rows whose teachers were measured, λ the largest of theirs.
  private static func mixedTargets(
    _ pairs: [TeacherCandidate], _ representations: ModalityRepresentations,
    _ labelled: LabelledRows, _ features: RelationalFeatures
  ) -> Matrix? {
    let strongest = pairs.map(\.gate).max() ?? 0
    guard strongest > 0 else { return nil }
    var targets = labelled.targets
    for (i, row) in labelled.rows.enumerated() {
      let available = pairs.filter { features.isMeasured[$0.teacher][row] && $0.gate > 0 }
      let total = available.reduce(0) { $0 + $1.gate }
      guard total > 0 else { continue }
      let share = available.map(\.lossWeight).max() ?? 0
      for c in 0..<labelled.classCount {
        var taught = 0.0
        for pair in available {
          taught += pair.gate / total * representations.calibrated[pair.teacher][i, c]
        }
        targets[i, c] = (1 - share) * targets[i, c] + share * taught
      }
    }
    return targets
  }
}
