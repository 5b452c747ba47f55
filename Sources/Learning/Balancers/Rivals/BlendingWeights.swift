import LinearAlgebra

/// Weights of losses by what they bring outside of the training patients against what they overfit:
/// w ∝ max(ΔG, 0)/max(ΔO², floor), Σ w = 1, with ΔG the fall of the validation loss and ΔO the rise
/// of the gap O = validation - training loss over a stretch of training.
///
/// Losses that fell nowhere get none; where none fell, all are equal.
///
/// Source: Wang, Tran & Feiszli (2020), arXiv 1905.12681, proposition 2; the gain counts with its
/// sign, so that divergence is not rewarded.
///
/// - Parameters:
///   - before: of each loss at the start of the stretch; nil where it could not be judged.
///   - now: of each loss at its end.
///   - floor: smallest ΔO² that counts, > 0.
package func blendingWeights(
  before: [LossPair?], now: [LossPair?], floor: Double = 1e-6
) -> [Double] {
  precondition(before.count == now.count, "the same losses before and now")
  let raw = zip(before, now).map { pair -> Double in
    guard let before = pair.0, let now = pair.1 else { return 0 }
    let gain = before.validation - now.validation
    let overfitting = now.gap - before.gap
    return max(gain, 0) / max(overfitting * overfitting, floor)
  }
  let total = orderedSum(raw)
  guard total > 0, total.isFinite else {
    return raw.map { _ in 1 / Double(max(raw.count, 1)) }
  }
  return raw.map { $0 / total }
}

/// One loss on training and on validation patients, means.
package struct LossPair: Equatable, Sendable {
  /// On training patients.
  package let training: Double
  /// On validation patients.
  package let validation: Double

  /// A pair of losses.
  package init(training: Double, validation: Double) {
    self.training = training
    self.validation = validation
  }

  /// Validation less training loss.
  package var gap: Double { validation - training }
}
