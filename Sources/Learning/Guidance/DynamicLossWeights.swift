/// Loss weights of the default network's dynamic variant, renewed in each of at most 8 rounds:
/// v_m = (1.05 - F1_m)(MI_m + .02), w ← ½ w + ½ v / mean v, from w = 1.
///
/// Source: ours. A modality weighs more the worse its head still is and the more it could tell.
package struct DynamicLossWeights: Equatable, Sendable {
  /// w, one per modality, mean 1.
  package private(set) var weights: [Double]

  /// Weights before the first round.
  package init(modalityCount: Int) {
    weights = [Double](repeating: 1, count: modalityCount)
  }

  /// One round.
  ///
  /// - Parameters:
  ///   - macroF1: of each head, 0…1.
  ///   - informativeness: information with the label over the label's entropy, 0…1.
  package mutating func update(macroF1: [Double], informativeness: [Double]) {
    precondition(
      macroF1.count == weights.count && informativeness.count == weights.count,
      "one value per modality")
    let wanted = zip(macroF1, informativeness).map { (1.05 - $0) * (max($1, 0) + 0.02) }
    let mean = wanted.reduce(0, +) / Double(wanted.count)
    weights = zip(weights, wanted).map { 0.5 * $0 + 0.5 * $1 / mean }
  }
}
