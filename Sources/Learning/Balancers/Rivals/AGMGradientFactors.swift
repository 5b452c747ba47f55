import LinearAlgebra

/// Adaptive gradient modulation: encoder m's gradient is multiplied by
/// κ_m = exp(α min(τ_m - ρ_m, 7)), ρ_m = exp(M/(M-1)·(mean_j n̄_j - n̄_m)), and τ_m alike on the
/// running means of earlier batches, n̄_m being the mean negative log-likelihood of the modality's
/// attribution logits.
///
/// A modality ahead of where it used to stand is held back. Source: Li et al. (2023),
/// arXiv 2308.07686, with the authors' sign.
package struct AGMGradientFactors: Equatable, Sendable {
  /// α ≥ 0.
  package var strength: Double
  /// Running mean of n̄_m over the batches seen.
  package private(set) var runningMeans: [Double]
  /// Batches seen.
  package private(set) var batchCount: Int

  /// A rule before the first batch, or with running means of earlier ones.
  package init(modalityCount: Int, strength: Double = 1) {
    self.init(
      runningMeans: [Double](repeating: 0, count: modalityCount), batchCount: 0,
      strength: strength)
  }

  /// A rule that has seen `batchCount` batches.
  package init(runningMeans: [Double], batchCount: Int, strength: Double = 1) {
    self.runningMeans = runningMeans
    self.batchCount = batchCount
    self.strength = strength
  }

  /// κ, one per modality, for a batch; 1 for a single modality. Before any batch the running means
  /// are 0, so that the first is compared with parity.
  package func factors(meanNegativeLogLikelihoods current: [Double]) -> [Double] {
    precondition(current.count == runningMeans.count, "one value per modality")
    guard current.count > 1 else { return current.map { _ in 1 } }
    let now = AGMGradientFactors.lead(current)
    let before = AGMGradientFactors.lead(runningMeans)
    return zip(before, now).map { exponential(strength * min($0 - $1, 7)) }
  }

  /// Takes a batch into the running means, S ← S (t-1)/t + n̄/t, after its factors were used.
  package mutating func record(meanNegativeLogLikelihoods current: [Double]) {
    precondition(current.count == runningMeans.count, "one value per modality")
    batchCount += 1
    let t = Double(batchCount)
    runningMeans = zip(runningMeans, current).map { $0 * (t - 1) / t + $1 / t }
  }

  /// exp(M/(M-1)·(mean - own)), above 1 for a modality ahead of the average.
  private static func lead(_ losses: [Double]) -> [Double] {
    let count = Double(losses.count)
    let mean = losses.reduce(0, +) / count
    // Capped at e^700: a difference of two leads must not become ∞ - ∞.
    return losses.map { exponential(min(count / (count - 1) * (mean - $0), 700)) }
  }
}
