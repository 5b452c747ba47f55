import Cohort
import LinearAlgebra

/// Who teaches whom, and how much: the gates of stage 1.
struct DistillationPlan: Sendable {
  /// One per ordered pair, by student, then teacher.
  let decisions: [FitRecord.Distillation]
  /// g by teacher, then student.
  let gates: [[Double]]
  /// λ by teacher, then student; 0 where the decision is `no`.
  let shares: [[Double]]

  /// What a plan depends on within a fold.
  struct Key: SharedKey {
    typealias Value = DistillationPlan
    let signals: NetworkSignals.Key
    let rule: DistillationRule
    let usesInformation: Bool
    let isShuffled: Bool
    let largestWeight: Double
  }

  /// Gates from evidence on every ordered pair of `names`, by student, then teacher.
  init(
    _ evidence: [DistillationEvidence], names: [String], rule: DistillationRule,
    configuration: RelationalNetworkConfiguration, streams: RandomStreams
  ) {
    let most = configuration.largestTeacherWeight
    var made = names.map { _ in
      [DistillationDecision](repeating: .closed(""), count: names.count)
    }
    let pairs = names.indices.flatMap { s in
      names.indices.filter { $0 != s }.map { t in (teacher: t, student: s) }
    }
    for (pair, evidence) in zip(pairs, evidence) {
      made[pair.teacher][pair.student] =
        configuration.usesInformation || !evidence.isSufficient
        ? rule.decision(on: evidence, largestWeight: most)
        : DistillationDecision(
          gate: 1, lossWeight: most, verdict: .distil, promise: 1,
          reason: "without mutual information every pair teaches")
    }
    if configuration.shufflesGuidance {
      made = Self.exchanged(made, exchangedOrder(names.count, streams))
    }
    gates = made.map { $0.map(\.gate) }
    shares = made.map { $0.map { $0.verdict == .no ? 0 : $0.lossWeight } }
    decisions = zip(pairs, evidence).map { pair, evidence in
      made[pair.teacher][pair.student].record(evidence)
    }
  }

  /// The control: decisions of other pairs.
  private static func exchanged(
    _ decisions: [[DistillationDecision]], _ order: [Int]
  ) -> [[DistillationDecision]] {
    order.map { t in
      order.map { s in
        var decision = decisions[t][s]
        decision.reason = "control: gates are exchanged among modalities"
        return decision
      }
    }
  }

  /// Soft targets of a student on the patients of a graph, Σ_t (g_ts/Σg) p_t at temperature T over
  /// the teachers a patient has; nil where nobody teaches it.
  func teaching(
    student s: Int, _ signals: NetworkSignals, _ patients: NetworkPatients, temperature: Double
  ) -> Teaching? {
    let teachers = shares.indices.filter { shares[$0][s] > 0 }
    guard let share = teachers.map({ shares[$0][s] }).max() else { return nil }
    let softened = teachers.map { softmaxRows((1 / temperature) * signals.teachers[$0]) }
    let count = patients.graphRows.count
    let classCount = signals.teachers[s].columnCount
    var mixed = Matrix(rows: count, columns: classCount)
    var labelled = [Double](repeating: 0, count: count)
    var unlabelled = labelled
    for (position, row) in patients.graphRows.enumerated() {
      let isTaught = patients.lossLabels[position] >= 0 || patients.isUnlabelled[position]
      guard isTaught, row < signals.isAvailable[s].count else { continue }
      let present = teachers.indices.filter { signals.isAvailable[teachers[$0]][row] }
      let total = present.reduce(0) { $0 + gates[teachers[$1]][s] }
      guard total > 0 else { continue }
      var calibrated = [Double](repeating: 0, count: classCount)
      for k in present {
        let part = gates[teachers[k]][s] / total
        for c in 0..<classCount {
          mixed[position, c] += part * softened[k][row, c]
          calibrated[c] += part * exponential(signals.teachers[teachers[k]][row, c])
        }
      }
      let strongest = present.map { shares[teachers[$0]][s] }.max() ?? 0
      if patients.isUnlabelled[position] {
        let entropy = calibrated.reduce(0) { $1 > 0 ? $0 - $1 * logarithm($1) : $0 }
        unlabelled[position] =
          strongest / share * max(0, 1 - entropy / logarithm(Double(classCount)))
      } else {
        labelled[position] = strongest / share
      }
    }
    return Teaching(
      share: share, teacher: mixed, labelledShares: labelled, unlabelledWeights: unlabelled)
  }
}
