import LinearAlgebra

/// Mutual information of each feature with a label, one by one (Ross, PLoS ONE 2014), in nats,
/// unclipped: what ``rossInformation(_:classes:neighbors:norm:threads:)`` gives for each column.
///
/// A feature that does not vary gets 0, and so do all where only one class has two rows. A value
/// below 0 shows the noise; heavily tied features come out low.
///
/// - Parameters:
///   - features: n × d, finite.
///   - classes: class of each row; negative (unlabelled) rows and classes of one row are dropped.
///   - neighbors: k ≥ 1, default 3; fewer within classes of k rows and less.
///   - threads: features at a time, default 1; the result does not depend on it.
/// - Returns: d values, in the order of columns.
/// - Complexity: O(d n log n).
/// - Throws: ``MutualInformationError`` `.tooFewRows` where no class has two rows; `.unequalRows`,
///   `.noColumns`, `.notFinite`, `.optionOutOfRange`.
public func labelInformationScores(
  _ features: Matrix, classes: [Int], neighbors: Int = 3, threads: Int = 1
) throws(MutualInformationError) -> [Double] {
  _ = try comparableClasses(features, classes, neighbors: neighbors)
  let scorer = LabelInformationScorer(labels: classes, neighbors: neighbors)
  let columns = features.transposed()
  let piece = 8
  let count = features.columnCount
  return parallelMap(count: (count + piece - 1) / piece, threads: threads) { index in
    var scorer = scorer
    return (index * piece..<min((index + 1) * piece, count)).map { scorer.score(columns.row($0)) }
  }.flatMap { $0 }
}
