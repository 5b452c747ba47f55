import LinearAlgebra

/// What a metric is computed from: labelled rows with their class probabilities.
public struct ScoredRows: Sendable {
  /// Class of each row, 0..<C.
  public let truth: [Int]
  /// Rows × C; rows sum to 1.
  public let probabilities: Matrix
  /// Most probable class of each row, the lowest index on ties.
  public let predicted: [Int]
  /// True against predicted classes.
  public let confusion: ConfusionMatrix

  /// Rows with their probabilities; every row must have a label.
  public init(truth: [Int], probabilities: Matrix) {
    precondition(truth.count == probabilities.rowCount, "one row of probabilities per label")
    self.truth = truth
    self.probabilities = probabilities
    predicted = argmaxRows(probabilities)
    confusion = ConfusionMatrix(
      truth: truth, predicted: predicted, classCount: probabilities.columnCount)
  }
}

/// A score of predictions against the truth; a row of `results.csv`.
///
/// To add one: conform a type, and add it to ``MetricRegistry/all``.
public protocol Metric: Sendable {
  /// Name in `results.csv`, for example `macro_f1`.
  var name: String { get }
  /// Whether larger values are better.
  var isLargerBetter: Bool { get }
  /// Values it can take; unbounded unless a metric says so.
  var range: ClosedRange<Double> { get }
  /// The value, or nil where it is undefined for these rows.
  func value(of rows: ScoredRows) -> Double?
}

extension Metric {
  /// Unbounded.
  public var range: ClosedRange<Double> { -.infinity ... .infinity }
}

/// A metric that needs only true against predicted classes; cheap enough to be resampled.
public protocol ClassMetric: Metric {
  /// The value, or nil where it is undefined for these counts.
  func value(of confusion: ConfusionMatrix) -> Double?
}

extension ClassMetric {
  /// The value of the rows' confusion matrix.
  public func value(of rows: ScoredRows) -> Double? { value(of: rows.confusion) }
}

/// The metrics that a study reports.
public enum MetricRegistry {
  /// All metrics, in the order of `results.csv`.
  public static let all: [any Metric] = [
    MacroF1(), Accuracy(), WeightedF1(), BalancedErrorRate(), MatthewsCorrelation(), AUROC(),
    LogLoss(), Brier(), ExpectedCalibrationError(),
  ]

  /// The metric of that name, if it is registered.
  public static func metric(named name: String) -> (any Metric)? {
    all.first { $0.name == name }
  }
}
