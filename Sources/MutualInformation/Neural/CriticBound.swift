import LinearAlgebra

/// A lower bound of mutual information by a critic f(x, y), which is to be high on joint pairs and
/// low on pairs of independent draws.
public enum CriticBound: String, Sendable, CaseIterable {
  /// mean_i [f_ii - ln((1/B) Σ_j e^f_ij)], never above ln B (van den Oord, Li & Vinyals 2018).
  case infonce
  /// Donsker and Varadhan's E_joint f - ln E_product e^f, with a moving average as the denominator
  /// of its gradient (Belghazi et al. 2018).
  case mine
}

/// The negative bound on a batch, with its slope for the scores of the batch's pairs.
package struct BoundLoss: Sendable {
  private let bound: CriticBound
  private let averageDecay = 0.99
  /// ln of the moving average of E_product e^f; nil before the first batch.
  package private(set) var logAverage: Double?

  /// A loss without history.
  package init(_ bound: CriticBound) { self.bound = bound }

  /// The loss of scores f(x_i, y_j), B × B with B ≥ 2, whose diagonal are the joint pairs.
  ///
  /// Product pairs are all pairs for `infonce` and those off the diagonal for `mine`.
  /// - Parameter slope: receives the derivative for each score; of `mine` that of
  ///   -E_joint f + (E_product e^f)/A, with the moving average A (this batch included) held fixed.
  package mutating func evaluate(_ scores: Matrix, slope: inout Matrix) -> Double {
    let count = scores.rowCount
    slope = scores
    let second: Double
    switch bound {
    case .infonce:
      second = orderedMean(slope.normalizeExponentials()) - logarithm(Double(count))
      slope.scale(by: 1 / Double(count))
    case .mine:
      let pairs = Double(count * (count - 1))
      for i in 0..<count { slope[i, i] = -.infinity }
      let shift = slope.values.reduce(-.infinity, max)
      slope.exponentiate(subtracting: shift)
      for i in 0..<count { slope[i, i] = 0 }
      second = shift + logarithm(orderedSum(slope.values) / pairs)
      let denominator = averaged(second)
      slope.scale(by: exponential(shift - denominator) / pairs)
    }
    var joint = 0.0
    for i in 0..<count {
      joint += scores[i, i]
      slope[i, i] -= 1 / Double(count)
    }
    return second - joint / Double(count)
  }

  /// Takes a batch's ln E_product e^f into the average; returns the average's logarithm.
  private mutating func averaged(_ logMean: Double) -> Double {
    guard let previous = logAverage else {
      logAverage = logMean
      return logMean
    }
    let larger = max(previous, logMean)
    let result =
      larger
      + logarithm(
        averageDecay * exponential(previous - larger)
          + (1 - averageDecay) * exponential(logMean - larger))
    logAverage = result
    return result
  }
}

extension Matrix {
  /// Replaces each entry by e^entry over the sum of these in its row; returns the logarithms of the
  /// rows' sums.
  mutating func normalizeExponentials() -> [Double] {
    let width = columnCount
    var logSums = [Double](repeating: -.infinity, count: rowCount)
    values.withUnsafeMutableBufferPointer { entries in
      for i in 0..<logSums.count {
        let start = i &* width
        var top = -Double.infinity
        for p in start..<(start &+ width) { top = entries[p] > top ? entries[p] : top }
        for p in start..<(start &+ width) { entries[p] -= top }
        logSums[i] = top
      }
    }
    exponentiate()
    values.withUnsafeMutableBufferPointer { entries in
      for i in 0..<logSums.count {
        let start = i &* width
        var sum = 0.0
        for p in start..<(start &+ width) { sum += entries[p] }
        let factor = 1 / sum
        for p in start..<(start &+ width) { entries[p] *= factor }
        logSums[i] += logarithm(sum)
      }
    }
    return logSums
  }

  /// Replaces every entry by e^(entry - shift).
  mutating func exponentiate(subtracting shift: Double) {
    values.withUnsafeMutableBufferPointer { entries in
      for p in 0..<entries.count { entries[p] -= shift }
    }
    exponentiate()
  }
}
