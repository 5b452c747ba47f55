import LinearAlgebra

/// Out-of-fold predictions of one method, as a comparison needs them.
public struct MethodPredictions: Sendable {
  /// Predictions for the tested patients of one fold.
  public struct Fold: Sendable {
    /// Repeat, from 0.
    public let `repeat`: Int
    /// Fold within the repeat, from 0.
    public let fold: Int
    /// Number of labelled training patients.
    public let trainCount: Int
    /// Rows of the cohort that were tested.
    public let rows: [Int]
    /// Class probabilities of those rows, in that order.
    public let probabilities: Matrix

    /// Creates a fold's predictions.
    public init(
      repeat index: Int, fold: Int, trainCount: Int, rows: [Int], probabilities: Matrix
    ) {
      precondition(rows.count == probabilities.rowCount, "one row of probabilities per patient")
      `repeat` = index
      self.fold = fold
      self.trainCount = trainCount
      self.rows = rows
      self.probabilities = probabilities
    }
  }

  /// Method name.
  public let name: String
  /// Folds ordered by repeat, then fold.
  public let folds: [Fold]

  /// Predictions of a method; folds are put in order.
  public init(name: String, folds: [Fold]) {
    self.name = name
    self.folds = folds.sorted { ($0.repeat, $0.fold) < ($1.repeat, $1.fold) }
  }

  /// The metric in each fold, in order; nil where undefined.
  public func values(of metric: any Metric, labels: [Int]) -> [Double?] {
    folds.map { fold in
      metric.value(
        of: ScoredRows(truth: fold.rows.map { labels[$0] }, probabilities: fold.probabilities))
    }
  }

  /// Mean over folds of tested to trained patients; 0 without folds.
  public var testTrainRatio: Double {
    let ratios = folds.compactMap { fold in
      fold.trainCount > 0 ? Double(fold.rows.count) / Double(fold.trainCount) : nil
    }
    return ratios.isEmpty ? 0 : orderedMean(ratios)
  }

  /// Whether both hold the same probabilities, to the bit, for the same rows of the same folds.
  public func hasSamePredictions(as other: MethodPredictions) -> Bool {
    folds.count == other.folds.count
      && zip(folds, other.folds).allSatisfy { a, b in
        a.repeat == b.repeat && a.fold == b.fold && a.rows == b.rows
          && a.probabilities == b.probabilities
      }
  }
}
