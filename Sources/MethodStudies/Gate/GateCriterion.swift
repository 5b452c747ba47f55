import Learning
import LinearAlgebra

/// A predictor of a student's gain: a score, and whether to distil. One with thresholds or
/// coefficients learns them from other cohorts than those it is judged on.
struct GateCriterion: Sendable {
  /// What a fitted criterion says of a case.
  struct Answer: Sendable {
    var score: Double
    var distils: Bool
  }

  let name: String
  /// Whether it learns from other cohorts.
  let isLearned: Bool
  /// The criterion as learned from a grid.
  let fit: @Sendable (GateGrid) -> @Sendable (GateCase) -> Answer

  /// A criterion that distils where its score is positive; NaN counts as not.
  static func positive(
    _ name: String, needsSupply: Bool = false, _ score: @escaping @Sendable (GateCase) -> Double
  ) -> GateCriterion {
    GateCriterion(name: name, isLearned: false) { _ in
      { item in
        let value = score(item)
        return Answer(
          score: value.isNaN ? 0 : value,
          distils: value > 0 && (item.hasSupply || !needsSupply))
      }
    }
  }

  /// A criterion that distils, with unlabelled patients, above the threshold of least mean regret
  /// on other cohorts.
  static func threshold(
    _ name: String, _ score: @escaping @Sendable (GateCase) -> Double
  ) -> GateCriterion {
    GateCriterion(name: name, isLearned: true) { grid in
      let limit = bestThreshold(grid, score)
      return { item in
        Answer(score: score(item), distils: item.hasSupply && score(item) > limit)
      }
    }
  }

  /// Everything compared.
  static let all: [GateCriterion] = [
    GateCriterion(name: "never", isLearned: false) { _ in
      { _ in Answer(score: 0, distils: false) }
    },
    GateCriterion(name: "always", isLearned: false) { _ in
      { _ in Answer(score: 0, distils: true) }
    },
    .positive("`cch`: Δ > 0") { $0.value("i_ts") - $0.value("i_sy") },
    .rule("`cch`: g ≥ .9", .complementarity, 0.9),
    .rule("`cch+skill`: g ≥ .5", .complementarityAndSkill, 0.5),
    .threshold("Δ above a learned threshold") { $0.value("i_ts") - $0.value("i_sy") },
    .positive("Δ′ > 0") { $0.value("i_class") - $0.value("ross_sy") },
    .positive("co-information > 0") {
      $0.value("i_ty") + $0.value("i_sy") - $0.value("i_joint")
    },
    .positive("what the teacher adds > 0") { $0.value("i_joint") - $0.value("i_sy") },
    .positive("skill: F_t > F_s") { $0.value("skill") },
    .positive("gap > 0") { $0.value("i_ty") - $0.value("i_sy") },
    .positive("`gap-supply`: gap × U/L > 0", needsSupply: true) { $0.evidence.gapSupply },
    .threshold("gap × U/L above a learned threshold") { $0.evidence.gapSupply },
    .positive("closed form: R(0) > R(½)") {
      $0.value($0.hasSupply ? "risk_pairs" : "risk_labels")
    },
    .positive("trial: macro-F1 > 0", needsSupply: true) { $0.value("trial_f1") },
    .positive("trial: macro-F1 > SE", needsSupply: true) {
      $0.value("trial_f1") - $0.value("trial_f1_se")
    },
    .positive("trial: log loss > 0", needsSupply: true) { $0.value("trial_loss") },
    .regression("promise (gap, supply), learned", trial: false),
    .regression("trial + gap + supply, linear, learned", trial: true),
    .expectedGain,
    .rule("`auto`: expected gain > 0, as shipped", .automatic, nil),
  ]

  /// A rule of the method, open from a gate on, or by its own verdict.
  private static func rule(
    _ name: String, _ rule: DistillationRule, _ limit: Double?
  ) -> GateCriterion {
    GateCriterion(name: name, isLearned: false) { _ in
      { item in
        let decision = rule.decision(on: item.evidence)
        return Answer(
          score: limit == nil ? decision.promise : decision.gate,
          distils: limit.map { decision.gate >= $0 } ?? (decision.verdict == .distil))
      }
    }
  }

  /// Least squares of the gain, cells and cohorts of equal weight.
  private static func regression(_ name: String, trial: Bool) -> GateCriterion {
    GateCriterion(name: name, isLearned: true) { grid in
      @Sendable func features(_ item: GateCase) -> [Double] {
        [1, item.relativeGap, -item.labelledShare] + (trial ? [item.value("trial_f1")] : [])
      }
      let weights = leastSquares(
        WeightedCases(grid).cases.map { ($0.weight, features($0.item), $0.gain) })
      return { item in
        guard item.hasSupply else { return Answer(score: 0, distils: false) }
        let value = zip(weights, features(item)).reduce(0) { $0 + $1.0 * $1.1 }
        return Answer(score: value, distils: value > 0)
      }
    }
  }

  /// ``ExpectedGain`` with constants of least squared error on other cohorts.
  private static let expectedGain = GateCriterion(
    name: "expected gain, learned", isLearned: true
  ) { grid in
    let promise = learnedPromise(grid)
    return { item in
      guard item.hasSupply, item.value("sufficient") > 0 else {
        return Answer(score: 0, distils: false)
      }
      let value = ExpectedGain(item.evidence, promise: promise).value
      return Answer(score: value, distils: value > 0)
    }
  }

  /// The threshold between two scores with the least mean regret; lowest on ties.
  private static func bestThreshold(
    _ grid: GateGrid, _ score: (GateCase) -> Double
  ) -> Double {
    let cases = WeightedCases(grid).cases.map { ($0.weight, score($0.item), $0.item.gain) }
    var best = (total: -Double.infinity, limit: -Double.infinity)
    let sorted = cases.filter { !$0.1.isNaN }.sorted { $0.1 > $1.1 }
    var total = 0.0
    for (position, item) in sorted.enumerated() {
      total += item.0 * item.2
      let next = position + 1 < sorted.count ? sorted[position + 1].1 : -Double.infinity
      if next < item.1, total >= best.total { best = (total, next) }
    }
    return best.total > 0 ? best.limit : .infinity
  }
}

/// Cases with unlabelled patients, each cell of a cohort and each cohort of equal weight, with the
/// mean gain of their cell.
struct WeightedCases {
  let cases: [(item: GateCase, weight: Double, gain: Double)]

  init(_ grid: GateGrid) {
    let used = grid.filtered { $1.contains(where: \.hasSupply) }
    cases = used.cells.flatMap { cell, cases in
      let alike = used.cells.count { $0.cell.cohort == cell.cohort }
      let gain = orderedMean(cases.map(\.gain))
      return cases.filter(\.hasSupply).map {
        (item: $0, weight: 1 / Double(alike * cases.count), gain: gain)
      }
    }
  }
}

/// Constants of least squared error of ``ExpectedGain`` against the mean gains of cells: τ from a
/// grid, the others by least squares, since the expectation is linear in them.
func learnedPromise(_ grid: GateGrid) -> ExpectedGain.Promise {
  let cases = WeightedCases(grid).cases
  var best: (error: Double, promise: ExpectedGain.Promise)?
  for step in 2...20 {
    let deviation = 0.005 * Double(step)
    let rows = cases.map { item, weight, gain in
      let common = max(item.value("common"), 1)
      let error = max(item.value("trial_f1_se"), 0.5 / common)
      let trust = deviation * deviation / (deviation * deviation + error * error)
      return (
        weight,
        [1, item.relativeGap, -item.labelledShare].map { $0 * (1 - trust) },
        gain - trust * item.value("trial_f1")
      )
    }
    let constants = leastSquares(rows)
    let error = orderedSum(
      rows.map { weight, features, target in
        let rest = target - zip(constants, features).reduce(0) { $0 + $1.0 * $1.1 }
        return weight * rest * rest
      })
    if error < best?.error ?? .infinity {
      best = (
        error,
        ExpectedGain.Promise(
          constant: constants[0], gap: constants[1], labelledShare: constants[2],
          deviation: deviation)
      )
    }
  }
  return best?.promise ?? .measured
}

/// Coefficients of a weighted least-squares fit; zero where there is nothing to fit.
private func leastSquares(_ rows: [(weight: Double, features: [Double], target: Double)])
  -> [Double]
{
  let count = rows.first?.features.count ?? 0
  var normal = Matrix(rows: count, columns: count)
  var right = Matrix(rows: count, columns: 1)
  for row in rows {
    for a in 0..<count {
      for b in 0..<count { normal[a, b] += row.weight * row.features[a] * row.features[b] }
      right[a, 0] += row.weight * row.features[a] * row.target
    }
  }
  for a in 0..<count { normal[a, a] += 1e-9 }
  return (try? CholeskyFactor(normal))?.solve(right).values ?? [Double](repeating: 0, count: count)
}
