import LinearAlgebra

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// On-the-fly gradient modulation: the encoder gradient of a modality ahead of the others is
/// multiplied by k_m = 1 - tanh(α ρ_m) where ρ_m > 1, and left alone otherwise.
///
/// Source: Peng et al. (2022), arXiv 2203.15332; the comparison for more than two modalities is
/// ours unless `reference` says otherwise.
package struct OGMGradientFactors: Equatable, Sendable {
  /// α > 0.
  package var strength: Double
  /// What a score is compared with.
  package var reference: ScoreReference
  /// ε ≥ 0 in the denominator.
  package var epsilon: Double

  /// A rule with the published strength.
  package init(
    strength: Double = 0.3, reference: ScoreReference = .meanOfOthers, epsilon: Double = 1e-5
  ) {
    self.strength = strength
    self.reference = reference
    self.epsilon = epsilon
  }

  /// k, one per modality, in (0, 1], from the batch scores Σ_i p_i(y_i).
  package func factors(scores: [Double]) -> [Double] {
    reference.ratios(scores, epsilon: epsilon).map { ratio in
      ratio > 1 ? 1 - tanh(strength * ratio) : 1
    }
  }

  /// The generalisation enhancement (GE): the gradient of one tensor plus N(0, sd²) noise, sd being
  /// the tensor's own (ddof = 1).
  package static func enhanced(_ gradient: Matrix, stream: inout RandomStream) -> Matrix {
    let count = Double(gradient.values.count)
    guard count > 1 else { return gradient }
    let mean = orderedMean(gradient.values)
    let variance = orderedSum(gradient.values.map { ($0 - mean) * ($0 - mean) }) / (count - 1)
    guard variance > 0 else { return gradient }
    let deviation = variance.squareRoot()
    return gradient.mapValues { $0 + deviation * stream.normal() }
  }
}
