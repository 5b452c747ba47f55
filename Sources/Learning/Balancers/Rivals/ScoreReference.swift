/// What the score of a modality is compared with when there may be more than two.
package enum ScoreReference: String, Sendable {
  /// Mean score of the other modalities: with two, simply the other one.
  case meanOfOthers
  /// Sum of the other scores, as a public program has it; with three it hardly ever exceeds 1.
  case sumOfOthers
  /// The smallest score of all.
  case minimum

  /// ρ_m = s_m / (reference + ε), one per modality; 1 for a single modality, which has no rival.
  package func ratios(_ scores: [Double], epsilon: Double = 1e-5) -> [Double] {
    guard scores.count > 1 else { return scores.map { _ in 1 } }
    let others = Double(scores.count - 1)
    return scores.indices.map { m in
      let rest = scores.indices.filter { $0 != m }.map { scores[$0] }.reduce(0, +)
      let reference: Double
      switch self {
      case .meanOfOthers: reference = rest / others
      case .sumOfOthers: reference = rest
      case .minimum: reference = scores.min() ?? 0
      }
      let divisor = reference + epsilon
      if divisor > 0 { return scores[m] / divisor }
      // Nothing to compare with and no ε: a tie unless this modality alone scores.
      return scores[m] > 0 ? .infinity : 1
    }
  }
}
