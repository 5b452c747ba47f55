import LinearAlgebra

/// Posteriors brought to a wanted confidence by one temperature: q ∝ p^{1/t}.
///
/// Argmax is left as it is. Members of an average are compared at the same confidence, lest the
/// timid be outvoted by the bold.
struct Sharpening: Equatable, Sendable {
  /// 1/t.
  let exponent: Double

  /// The temperature at which the mean largest posterior is `confidence`; as they are where no
  /// temperature between 10⁻³ and 10³ does.
  init(_ posteriors: Matrix, confidence: Double) {
    guard posteriors.rowCount > 0 else {
      exponent = 1
      return
    }
    func reached(_ exponent: Double) -> Double {
      Self.meanLargest(Sharpening(exponent: exponent)(posteriors))
    }
    var (low, high) = (1e-3, 1e3)
    guard reached(low) < confidence, reached(high) > confidence else {
      exponent = 1
      return
    }
    for _ in 0..<60 {
      let middle = (low * high).squareRoot()
      if reached(middle) < confidence { low = middle } else { high = middle }
    }
    exponent = (low * high).squareRoot()
  }

  /// A given exponent.
  init(exponent: Double) { self.exponent = exponent }

  /// Posteriors at the new confidence.
  func callAsFunction(_ posteriors: Matrix) -> Matrix {
    guard exponent != 1 else { return posteriors }
    // Below the smallest normal number a probability is as good as 0.
    return softmaxRows(
      posteriors.mapValues { exponent * logarithm(max($0, Double.leastNormalMagnitude)) })
  }

  /// Mean over rows of the largest posterior.
  static func meanLargest(_ posteriors: Matrix) -> Double {
    orderedMean(
      (0..<posteriors.rowCount).map { i in posteriors.row(i).reduce(0) { max($0, $1) } })
  }
}
