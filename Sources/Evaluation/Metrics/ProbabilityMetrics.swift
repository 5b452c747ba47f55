/// Area under the ROC curve, one class against the rest, macro-averaged.
public struct AUROC: Metric {
  /// `auroc`.
  public var name: String { "auroc" }
  /// Larger is better.
  public var isLargerBetter: Bool { true }
  /// 0 to 1.
  public var range: ClosedRange<Double> { 0...1 }
  /// Creates the metric.
  public init() {}
  /// ``auroc(truth:probabilities:averaging:)``.
  public func value(of rows: ScoredRows) -> Double? {
    auroc(truth: rows.truth, probabilities: rows.probabilities)
  }
}

/// Mean negative log-probability of the true class.
public struct LogLoss: Metric {
  /// `log_loss`.
  public var name: String { "log_loss" }
  /// Smaller is better.
  public var isLargerBetter: Bool { false }
  /// No upper end.
  public var range: ClosedRange<Double> { 0...Double.infinity }
  /// Creates the metric.
  public init() {}
  /// ``logLoss(truth:probabilities:)``.
  public func value(of rows: ScoredRows) -> Double? {
    logLoss(truth: rows.truth, probabilities: rows.probabilities)
  }
}

/// Squared distance of the probabilities from the truth.
public struct Brier: Metric {
  /// `brier`.
  public var name: String { "brier" }
  /// Smaller is better.
  public var isLargerBetter: Bool { false }
  /// 0 to 2.
  public var range: ClosedRange<Double> { 0...2 }
  /// Creates the metric.
  public init() {}
  /// ``brierScore(truth:probabilities:)``.
  public func value(of rows: ScoredRows) -> Double? {
    brierScore(truth: rows.truth, probabilities: rows.probabilities)
  }
}

/// Gap between stated confidence and reached accuracy, in ten bins.
public struct ExpectedCalibrationError: Metric {
  /// `ece`.
  public var name: String { "ece" }
  /// Smaller is better.
  public var isLargerBetter: Bool { false }
  /// 0 to 1.
  public var range: ClosedRange<Double> { 0...1 }
  /// Creates the metric.
  public init() {}
  /// ``ReliabilityBins/expectedCalibrationError``.
  public func value(of rows: ScoredRows) -> Double? {
    ReliabilityBins(truth: rows.truth, probabilities: rows.probabilities)
      .expectedCalibrationError
  }
}
