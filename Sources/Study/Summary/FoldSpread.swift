import Evaluation
import LinearAlgebra

/// A metric of one method over all folds of a study.
package struct FoldSpread: Equatable, Sendable {
  /// Mean over folds where the metric is defined.
  package let mean: Double
  /// Standard deviation over folds (divisor J - 1); nil for a single fold.
  package let standardDeviation: Double?
  /// 95 % interval of the mean with the variance corrected for shared training rows (Nadeau &
  /// Bengio 2003); nil for a single fold.
  package let interval: Interval?

  /// The spread of one value per fold, undefined ones left out; nil if none is defined.
  package init?(values: [Double?], testTrainRatio: Double) {
    let defined = values.compactMap { $0 }.filter { !$0.isNaN }
    guard !defined.isEmpty else { return nil }
    mean = orderedMean(defined)
    guard defined.count > 1 else {
      standardDeviation = nil
      interval = nil
      return
    }
    let center = mean
    let squares = orderedSum(defined.map { ($0 - center) * ($0 - center) })
    standardDeviation = (squares / Double(defined.count - 1)).squareRoot()
    interval = PairedTest(
      differences: defined, design: .crossValidation(testTrainRatio: testTrainRatio))?.interval()
  }
}
