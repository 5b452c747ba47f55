import LinearAlgebra

/// Scores of single features against the label, for selection on training rows.
package enum FeatureScores {
  /// One-way analysis of variance, F = (SS_between / (C - 1)) / (SS_within / (n - C)) of each
  /// column (Fisher, 1925); infinite where classes differ and nothing varies within, 0 where there
  /// is nothing to compare. `labels` holds the class of each of `rows`. O(n d).
  package static func anovaF(
    _ matrix: Matrix, columns: [Int], rows: [Int], labels: [Int]
  ) -> [Double] {
    let classCount = (labels.max() ?? -1) + 1
    var counts = [Double](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    let occupied = counts.count { $0 > 0 }
    guard occupied > 1, rows.count > occupied else { return columns.map { _ in 0 } }
    return columns.map { column in
      let values = rows.map { matrix[$0, column] }
      let mean = orderedMean(values)
      var sums = [Double](repeating: 0, count: classCount)
      for (value, label) in zip(values, labels) { sums[label] += value - mean }
      // Deviations from the grand mean keep the difference of large numbers small.
      var within = 0.0
      for (value, label) in zip(values, labels) {
        let deviation = value - mean - sums[label] / counts[label]
        within += deviation * deviation
      }
      var between = 0.0
      for label in 0..<classCount where counts[label] > 0 {
        between += sums[label] * sums[label] / counts[label]
      }
      guard between > 0 else { return 0 }
      return between / Double(occupied - 1) / (within / Double(rows.count - occupied))
    }
  }

  /// Mutual information of each column with the label in nats (Ross, PLoS ONE 2014), k = 3,
  /// unclipped: see ``LabelInformationScorer``. O(d n log n).
  package static func labelInformation(
    _ matrix: Matrix, columns: [Int], rows: [Int], labels: [Int]
  ) -> [Double] {
    var scorer = LabelInformationScorer(labels: labels)
    return columns.map { column in scorer.score(rows.map { matrix[$0, column] }) }
  }
}
