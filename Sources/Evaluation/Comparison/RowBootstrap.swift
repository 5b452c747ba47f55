import LinearAlgebra

/// Percentile intervals of any metric on one set of predictions, by drawing its patients with
/// replacement; conditional on the fitted model. All metrics meet the same draws.
public struct RowBootstrap: Sendable {
  private let rows: ScoredRows
  private let draws: [[Int]]

  /// Draws `resampleCount` resamples from a named stream.
  public init(_ rows: ScoredRows, resampleCount: Int = 1000, stream: RandomStream) {
    self.rows = rows
    var stream = stream
    let count = rows.truth.count
    draws =
      count == 0
      ? []
      : (0..<resampleCount).map { _ in
        (0..<count).map { _ in stream.below(count) }
      }
  }

  /// Interval of a metric; nil if fewer than half of the resamples define it.
  ///
  /// - Complexity: O(resamples) evaluations of the metric.
  public func interval(_ metric: any Metric, level: Double = 0.95, threads: Int = 1) -> Interval? {
    let values = parallelMap(count: draws.count, threads: threads) { k -> Double in
      let chosen = draws[k]
      return metric.value(
        of: ScoredRows(
          truth: chosen.map { rows.truth[$0] },
          probabilities: rows.probabilities.selecting(rows: chosen))) ?? .nan
    }
    return PatientBootstrap.interval(
      values, minus: [Double](repeating: 0, count: values.count), level: level)
  }
}
