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

  /// Gates from evidence on every ordered pair of `names`, by student, then teacher.
  init(
    _ evidence: [DistillationEvidence], names: [String], rule: DistillationRule,
    configuration: RelationalNetworkConfiguration, streams: RandomStreams
  ) {
    let closed = names.map { _ in [Double](repeating: 0, count: names.count) }
    var (gates, shares) = (closed, closed)
    let most = configuration.largestTeacherWeight
    let pairs = names.indices.flatMap { s in
      names.indices.filter { $0 != s }.map { t in (teacher: t, student: s) }
    }
    var made = evidence.map { rule.decision(on: $0, largestWeight: most) }
    for (k, pair) in pairs.enumerated() {
      if !configuration.usesInformation, evidence[k].isSufficient {
        made[k] = DistillationDecision(
          gate: 1, lossWeight: most, reason: "without mutual information every pair teaches")
      }
      gates[pair.teacher][pair.student] = made[k].gate
      shares[pair.teacher][pair.student] = made[k].lossWeight
    }
    if configuration.shufflesGuidance {
      var stream = streams.stream("shuffled-guidance")
      let order = stream.permutation(names.count)
      gates = Self.permuted(gates, order)
      shares = Self.permuted(shares, order)
    }
    for (k, pair) in pairs.enumerated() {
      let gate = gates[pair.teacher][pair.student]
      if DistillationDecision.Verdict(gate: gate) == .no { shares[pair.teacher][pair.student] = 0 }
      if configuration.shufflesGuidance, evidence[k].isSufficient {
        made[k].reason = "control: gates are permuted among modalities"
      }
      made[k].gate = gate
    }
    decisions = zip(made, evidence).map { $0.record($1) }
    self.gates = gates
    self.shares = shares
  }

  private static func permuted(_ values: [[Double]], _ order: [Int]) -> [[Double]] {
    order.map { t in order.map { s in values[t][s] } }
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
