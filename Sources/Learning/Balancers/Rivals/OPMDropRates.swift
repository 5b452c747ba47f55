#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// On-the-fly prediction modulation: features of a modality ahead of the others are dropped per
/// patient with probability q_m = q_b (1 + λ tanh(ρ_m - 1)) where ρ_m > 1, 0 otherwise, kept
/// within 0…1.
///
/// Source: Wei et al. (2024), arXiv 2410.11582; the mean of the others as reference is ours.
package struct OPMDropRates: Equatable, Sendable {
  /// q_b in 0…1.
  package var base: Double
  /// λ ≥ 0.
  package var strength: Double
  /// What a score is compared with.
  package var reference: ScoreReference
  /// ε ≥ 0 in the denominator.
  package var epsilon: Double

  /// A rule with the published constants.
  package init(
    base: Double = 0.4, strength: Double = 0.5, reference: ScoreReference = .meanOfOthers,
    epsilon: Double = 1e-5
  ) {
    self.base = base
    self.strength = strength
    self.reference = reference
    self.epsilon = epsilon
  }

  /// q, one per modality, from the batch scores Σ_i p_i(y_i).
  package func rates(scores: [Double]) -> [Double] {
    reference.ratios(scores, epsilon: epsilon).map { ratio in
      ratio > 1 ? min(1, max(0, base * (1 + strength * tanh(ratio - 1)))) : 0
    }
  }
}
