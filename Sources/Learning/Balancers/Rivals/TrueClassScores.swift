import LinearAlgebra

/// How well the head of one modality does on a batch, as the gradient-modulation rivals measure it.
package struct TrueClassScores: Equatable, Sendable {
  /// Σ_i p_i(y_i), 0…rows.
  package let scoreSum: Double
  /// Mean of p_i(y_i), 0…1; 0 for an empty batch.
  package let meanScore: Double
  /// Mean of -ln p_i(y_i), nats; 0 for an empty batch.
  package let meanNegativeLogLikelihood: Double

  /// Scores of a batch.
  ///
  /// - Parameters:
  ///   - logits: rows × classes.
  ///   - labels: class of each row; rows with a negative label are left out.
  package init(logits: Matrix, labels: [Int]) {
    precondition(labels.count == logits.rowCount, "one label per row")
    let logProbabilities = logSoftmaxRows(logits)
    let own = labels.indices.filter { labels[$0] >= 0 }.map { logProbabilities[$0, labels[$0]] }
    scoreSum = orderedSum(own.map { exponential($0) })
    meanScore = own.isEmpty ? 0 : scoreSum / Double(own.count)
    meanNegativeLogLikelihood = own.isEmpty ? 0 : -orderedMean(own)
  }
}
