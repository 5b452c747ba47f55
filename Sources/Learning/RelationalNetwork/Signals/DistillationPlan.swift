import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// Who teaches whom, and how much: the gates of stage 1.
struct DistillationPlan: Sendable {
  /// Rule behind the gates (`--gate`).
  enum Rule: String, Sendable {
    /// Φ(Δ/SE), Δ = I(H_t; H_s) - I(H_s; Y).
    case complementarity = "cch"
    /// The same times Φ((F_t - F_s)/SE).
    case complementarityAndSkill = "cch+skill"
    /// Open where (I(H_t; Y) - I(H_s; Y)) · U/L is positive.
    case gapSupply = "gap-supply"

    /// The rule asked for; the complementarity gate where none is, or `auto`.
    init(_ gate: String?) { self = gate.flatMap(Rule.init(rawValue:)) ?? .complementarity }
  }

  /// One per ordered pair, by student, then teacher.
  let decisions: [FitRecord.Distillation]
  /// g by teacher, then student.
  let gates: [[Double]]
  /// λ by teacher, then student; 0 where the decision is `no`.
  let shares: [[Double]]

  init(
    _ signals: NetworkSignals, labels: [Int], classCount: Int, rule: Rule,
    configuration: RelationalNetworkConfiguration, streams: RandomStreams
  ) throws {
    let names = signals.names
    let open = names.map { _ in [Double](repeating: 0, count: names.count) }
    var (gates, shares) = (open, open)
    var pairs: [PairEvidence] = []
    for s in names.indices {
      for t in names.indices where t != s {
        let evidence = try PairEvidence(
          signals, teacher: t, student: s, labels: labels, classCount: classCount,
          withSkill: rule == .complementarityAndSkill, streams: streams)
        let gate = evidence.gate(rule, largestWeight: configuration.largestTeacherWeight)
        gates[t][s] = configuration.usesInformation ? gate.gate : 1
        shares[t][s] =
          configuration.usesInformation ? gate.lossWeight : configuration.largestTeacherWeight
        if signals.isInsufficient[t] || signals.isInsufficient[s] {
          (gates[t][s], shares[t][s]) = (0, 0)
        }
        pairs.append(evidence)
      }
    }
    if configuration.shufflesGuidance {
      var stream = streams.stream("shuffled-guidance")
      let order = stream.permutation(names.count)
      gates = Self.permuted(gates, order)
      shares = Self.permuted(shares, order)
    }
    for t in names.indices {
      for s in names.indices where gates[t][s] <= 0.1 { shares[t][s] = 0 }
    }
    let (decided, insufficient) = (gates, signals.isInsufficient)
    decisions = pairs.map { pair in
      let remark: String? =
        insufficient[pair.teacher] || insufficient[pair.student]
        ? "one of both modalities has too few labelled patients"
        : configuration.shufflesGuidance
          ? "control: gates are permuted among modalities"
          : configuration.usesInformation ? nil : "without mutual information every pair teaches"
      return pair.record(
        names, gate: decided[pair.teacher][pair.student], rule: rule, remark: remark)
    }
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
