/// One method against another on the same folds.
public struct Comparison: Equatable, Sendable {
  /// First method; the difference is its metric minus that of ``b``.
  public let a: String
  /// Second method.
  public let b: String
  /// Metric name, for example `macro_f1`.
  public let metric: String
  /// Number of folds (or draws) where the metric is defined for both.
  public let pairCount: Int
  /// Mean paired difference a - b.
  public let difference: Double
  /// Standard error of the difference under the design.
  public let standardError: Double
  /// Two-sided p of the paired test.
  public let p: Double
  /// p after Holm's correction over all comparisons with the reference.
  public internal(set) var pHolm: Double
  /// 95 % interval of the paired test.
  public let ci95: Interval
  /// 95 % percentile interval of the patient bootstrap on pooled predictions; nil for metrics that
  /// need probabilities.
  public let bootstrapCI95: Interval?
  /// The smallest gain that this design would have found with 80 % power.
  public let smallestDetectableGain: Double
  /// Whether all predictions are equal to the bit: no difference by construction.
  public let isIdentical: Bool
  /// Whether all differences are equal, so that p is a convention.
  public let isDegenerate: Bool
  /// Whether this is the contrast declared beforehand, which is tested by itself.
  public let isPrimary: Bool

  /// A comparison from its parts; p after Holm's correction is p until corrected.
  public init(
    a: String, b: String, metric: String, pairCount: Int, difference: Double,
    standardError: Double, p: Double, pHolm: Double? = nil, ci95: Interval,
    bootstrapCI95: Interval?, smallestDetectableGain: Double, isIdentical: Bool = false,
    isDegenerate: Bool = false, isPrimary: Bool = false
  ) {
    self.a = a
    self.b = b
    self.metric = metric
    self.pairCount = pairCount
    self.difference = difference
    self.standardError = standardError
    self.p = p
    self.pHolm = pHolm ?? p
    self.ci95 = ci95
    self.bootstrapCI95 = bootstrapCI95
    self.smallestDetectableGain = smallestDetectableGain
    self.isIdentical = isIdentical
    self.isDegenerate = isDegenerate
    self.isPrimary = isPrimary
  }

  /// Whether a difference may be claimed: p < .05 (Holm's, except for the primary contrast), and
  /// the bootstrap interval, where there is one, excludes 0.
  public var showsDifference: Bool {
    guard !isIdentical, (isPrimary ? p : pHolm) < 0.05 else { return false }
    return bootstrapCI95.map { !$0.contains(0) } ?? true
  }
}
