import Evaluation
import LinearAlgebra

/// A metric of one method over all replicates of a setting.
package struct FoldSpread: Equatable, Sendable {
  /// Mean over replicates where the metric is defined.
  package let mean: Double
  /// Standard deviation over replicates (divisor J - 1); nil for a single one.
  package let standardDeviation: Double?
  /// The mean against 0: over folds with the variance corrected for shared training rows (Nadeau &
  /// Bengio 2003), over independent draws the ordinary one; nil for a single replicate.
  package let test: PairedTest?
  /// 95 % interval of the mean.
  package var interval: Interval? { test?.interval() }

  /// The spread of one value per replicate, undefined ones left out; nil if none is defined.
  package init?(values: [Double?], design: ReplicateDesign) {
    let defined = values.compactMap { $0 }.filter { !$0.isNaN }
    guard !defined.isEmpty else { return nil }
    mean = orderedMean(defined)
    guard defined.count > 1 else {
      standardDeviation = nil
      test = nil
      return
    }
    let center = mean
    let squares = orderedSum(defined.map { ($0 - center) * ($0 - center) })
    standardDeviation = (squares / Double(defined.count - 1)).squareRoot()
    test = PairedTest(differences: defined, design: design)
  }
}
