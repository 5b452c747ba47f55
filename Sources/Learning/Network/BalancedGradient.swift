import LinearAlgebra
import NeuralNetwork

/// Mixes the gradient of the fused loss with that of a modality's own loss for its encoder.
///
/// η_m = w_m g_m, brought to the norm of g_f (moving averages of norms) and, where both conflict,
/// without its component along g_f; g = g_f + κ η_m. Adam's steps do not change with the scale of a
/// gradient, so w_m also multiplies the encoder's update, within ¼ and 4.
///
/// Source: ours; the projection is that of Yu et al. (2020), on one side.
package struct BalancedGradient: Sendable {
  private var fusedNorm: Double?
  private var ownNorm: Double?
  private let normalizes: Bool

  /// - Parameter normalizes: whether the own gradient is brought to the norm of the fused one.
  package init(normalizes: Bool) { self.normalizes = normalizes }

  /// w within the bounds of a step-size factor.
  package static func stepFactor(_ weight: Double) -> Double { min(4, max(0.25, weight)) }

  /// g_f + κ η_m.
  package mutating func mixed(
    fused: [Matrix], own: [Matrix], weight: Double, annealing: Double
  ) -> [Matrix] {
    let currentFused = globalNorm(fused)
    fusedNorm = Self.averaged(fusedNorm, currentFused)
    ownNorm = Self.averaged(ownNorm, globalNorm(own))
    var factor = annealing * weight
    if normalizes, let fusedNorm, let ownNorm, currentFused > 0 {
      factor *= fusedNorm / (ownNorm + 1e-12)
    }
    let inner = globalInnerProduct(fused, own)
    let alongFused = inner < 0 ? factor * inner / (currentFused * currentFused) : 0
    return zip(fused, own).map { fused, own in
      var result = fused
      if alongFused != 0 { result.scale(by: 1 - alongFused) }
      result.add(own, times: factor)
      return result
    }
  }

  private static func averaged(_ old: Double?, _ new: Double) -> Double {
    old.map { 0.9 * $0 + 0.1 * new } ?? new
  }
}
