/// Macro-averaged F1, the primary metric.
public struct MacroF1: ClassMetric {
  /// `macro_f1`.
  public var name: String { "macro_f1" }
  /// Larger is better.
  public var isLargerBetter: Bool { true }
  /// 0 to 1.
  public var range: ClosedRange<Double> { 0...1 }
  /// Creates the metric.
  public init() {}
  /// ``ConfusionMatrix/macroF1``.
  public func value(of confusion: ConfusionMatrix) -> Double? { confusion.macroF1 }
}

/// Share of right predictions.
public struct Accuracy: ClassMetric {
  /// `accuracy`.
  public var name: String { "accuracy" }
  /// Larger is better.
  public var isLargerBetter: Bool { true }
  /// 0 to 1.
  public var range: ClosedRange<Double> { 0...1 }
  /// Creates the metric.
  public init() {}
  /// ``ConfusionMatrix/accuracy``.
  public func value(of confusion: ConfusionMatrix) -> Double? { confusion.accuracy }
}

/// F1 weighted by true counts.
public struct WeightedF1: ClassMetric {
  /// `weighted_f1`.
  public var name: String { "weighted_f1" }
  /// Larger is better.
  public var isLargerBetter: Bool { true }
  /// 0 to 1.
  public var range: ClosedRange<Double> { 0...1 }
  /// Creates the metric.
  public init() {}
  /// ``ConfusionMatrix/weightedF1``.
  public func value(of confusion: ConfusionMatrix) -> Double? { confusion.weightedF1 }
}

/// One minus mean recall.
public struct BalancedErrorRate: ClassMetric {
  /// `balanced_error_rate`.
  public var name: String { "balanced_error_rate" }
  /// Smaller is better.
  public var isLargerBetter: Bool { false }
  /// 0 to 1.
  public var range: ClosedRange<Double> { 0...1 }
  /// Creates the metric.
  public init() {}
  /// ``ConfusionMatrix/balancedErrorRate``.
  public func value(of confusion: ConfusionMatrix) -> Double? { confusion.balancedErrorRate }
}

/// Matthews correlation.
public struct MatthewsCorrelation: ClassMetric {
  /// `mcc`.
  public var name: String { "mcc" }
  /// Larger is better.
  public var isLargerBetter: Bool { true }
  /// -1 to 1.
  public var range: ClosedRange<Double> { -1...1 }
  /// Creates the metric.
  public init() {}
  /// ``ConfusionMatrix/matthewsCorrelation``.
  public func value(of confusion: ConfusionMatrix) -> Double? { confusion.matthewsCorrelation }
}
