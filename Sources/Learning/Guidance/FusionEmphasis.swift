import LinearAlgebra

/// Share of each modality in the fused representation, from its information with the label:
/// α_m = (I_m⁺ + ε)^p/Σ_j (I_j⁺ + ε)^p, ε = .01 H(Y).
///
/// The power p = 2 measured better than 1: with one, shares are nearly equal and a modality of noise
/// keeps a part in every answer (docs/methods/paper.md).
///
/// Source: ours (the abstract of Xie & Sanguinetti (2025) names the ingredient).
package struct FusionEmphasis: Equatable, Sendable {
  /// α, one per modality, ≥ 0, sum 1.
  package let shares: [Double]

  /// Emphasis from informations in nats; equal shares where nothing is informative and H is 0.
  package init(
    labelInformation: [Double], labelEntropy: Double, floor: Double = 0.01, power: Double = 1
  ) {
    let raised = labelInformation.map { information -> Double in
      let value = max(information, 0) + floor * labelEntropy
      return power == 1 ? value : exponential(power * logarithm(max(value, 1e-300)))
    }
    let total = raised.reduce(0, +)
    shares =
      total > 0
      ? raised.map { $0 / total }
      : raised.map { _ in 1 / Double(raised.count) }
  }

  /// The same share for every modality (ablation `no-emphasis`).
  package init(uniform modalityCount: Int) {
    shares = [Double](repeating: 1 / Double(modalityCount), count: modalityCount)
  }

  /// Shares α_im of a patient, renormalised over the modalities measured; all 0 where none is.
  package func shares(isMeasured: [Bool]) -> [Double] {
    precondition(isMeasured.count == shares.count, "one flag per modality")
    let kept = zip(shares, isMeasured).map { $1 ? $0 : 0 }
    let total = kept.reduce(0, +)
    return total > 0 ? kept.map { $0 / total } : kept
  }
}

/// Emphasis g_m of the default network: squared normalised information with a floor,
/// q_m = (MI_m / mean MI)², g_m = max(.02, q_m / mean q); 1 throughout where all MI are 0.
///
/// Source: ours, chosen by measurement: squaring beats the plain ratio where a modality is noise
/// and costs nothing where none is.
///
/// - Parameters:
///   - informativeness: out-of-fold information with the label over the label's entropy, ≥ 0
///     (negative counts as 0).
///   - floor: smallest gate, so that no modality is switched off for good.
/// - Returns: one gate per modality, mean about 1.
package func squaredInformationGates(
  _ informativeness: [Double], floor: Double = 0.02
) -> [Double] {
  let values = informativeness.map { max($0, 0) }
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  guard mean > 0 else { return values.map { _ in 1 } }
  let squares = values.map { ($0 / mean) * ($0 / mean) }
  let meanSquare = squares.reduce(0, +) / count
  return squares.map { max(floor, $0 / meanSquare) }
}
