import LinearAlgebra

/// Posteriors under a temperature t: q ∝ p^{1/t}. Argmax is left as it is.
struct Sharpening: Equatable, Sendable {
  /// 1/t.
  let exponent: Double

  /// Posteriors at the new confidence.
  func callAsFunction(_ posteriors: Matrix) -> Matrix {
    guard exponent != 1 else { return posteriors }
    // Below the smallest normal number a probability is as good as 0.
    return softmaxRows(
      posteriors.mapValues { exponent * logarithm(max($0, Double.leastNormalMagnitude)) })
  }
}
