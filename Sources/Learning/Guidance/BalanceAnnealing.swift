#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Weight κ(e) of the modality losses beside the fused loss, falling along a half cosine:
/// κ(e) = κ₁ + (κ₀ - κ₁)·½(1 + cos(π e/E)), so that a run ends on the fused objective.
///
/// Source: ours, with the cosine schedule of Loshchilov & Hutter (2017).
package struct BalanceAnnealing: Equatable, Sendable {
  /// κ₀, at epoch 0.
  package var start: Double
  /// κ₁, at the last epoch E.
  package var end: Double

  /// A schedule from 1 to .1 by default.
  package init(start: Double = 1, end: Double = 0.1) {
    self.start = start
    self.end = end
  }

  /// κ at `epoch` of `epochCount`, held at its end value afterwards; κ₀ where `epochCount` is 0.
  package func factor(epoch: Int, of epochCount: Int) -> Double {
    guard epochCount > 0 else { return start }
    let share = Double(min(max(epoch, 0), epochCount)) / Double(epochCount)
    return end + (start - end) * 0.5 * (1 + cos(Double.pi * share))
  }
}
