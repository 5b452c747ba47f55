/// Common descent direction of the fused and one modality's gradient of a shared encoder: their sum
/// where they agree; where they conflict, twice the minimum-norm point of their segment,
/// d = 2(α* g_f + (1-α*) g_m), α* = clip((‖g_m‖² - ⟨g_f, g_m⟩)/‖g_f - g_m‖², 0, 1), lengthened to
/// ‖g_f + g_m‖ where that is longer; then times γ.
///
/// Source: Wei & Hu (2024), arXiv 2405.17730, after Sener & Koltun (2018).
package struct ParetoDirection: Equatable, Sendable {
  /// Cosine between both gradients; 0 where one of them is zero.
  package let cosine: Double
  /// α*, weight of the fused gradient, 0…1.
  package let fusedWeight: Double
  /// 2(α* g_f + (1-α*) g_m), before lengthening and γ.
  package let unscaled: [Double]
  /// The direction to be used.
  package let direction: [Double]

  /// The direction of a pair of gradients of one length.
  ///
  /// A zero gradient conflicts with nothing, so the sum is taken; exactly opposite gradients of
  /// equal length leave nothing to follow and give zero.
  ///
  /// - Parameter gain: γ, 1.5 as published.
  package init(fused: [Double], modality: [Double], gain: Double = 1.5) {
    precondition(fused.count == modality.count, "both gradients have one length")
    let inner = innerProduct(fused, modality)
    let (fusedSquare, modalitySquare) = (
      innerProduct(fused, fused), innerProduct(modality, modality)
    )
    let isDefined = fusedSquare > 0 && modalitySquare > 0
    cosine = isDefined ? inner / (fusedSquare.squareRoot() * modalitySquare.squareRoot()) : 0
    var weight = 0.5
    if isDefined, cosine <= 0 {
      let gap = fusedSquare - 2 * inner + modalitySquare
      weight = min(1, max(0, (modalitySquare - inner) / gap))
    }
    fusedWeight = weight
    unscaled = zip(fused, modality).map { 2 * (weight * $0 + (1 - weight) * $1) }
    let length = innerProduct(unscaled, unscaled).squareRoot()
    let sum = zip(fused, modality).map { $0 + $1 }
    let wanted = innerProduct(sum, sum).squareRoot()
    // What rounding leaves of opposite gradients is no direction.
    let isLost = length <= 1e-12 * max(fusedSquare, modalitySquare).squareRoot()
    let scale = isLost ? 0 : gain * max(1, wanted / length)
    direction = unscaled.map { scale * $0 }
  }
}
