import LinearAlgebra

/// What one modality is trained on while the others stand still:
/// Σ_i ω_i/C [-(w₁ - w₂ q_i(y_i)) ln p_i(y_i) + α ‖p_i - p'_i‖²], with p the modality's own
/// posterior, q that of the summed logits of all others, and p' that of the modality trained before.
///
/// What the others already tell counts less. Source: Hua et al. (2024), arXiv 2405.09321. Their
/// program cuts the gradient of the last term on both sides, so that it does nothing; here it
/// reaches p.
package struct ReconcilementLoss: Equatable, Sendable {
  /// w₁ ≥ 0.
  package var labelWeight: Double
  /// w₂ ≥ 0.
  package var residualWeight: Double
  /// α ≥ 0.
  package var agreement: Double

  /// A loss with the published constants.
  package init(labelWeight: Double = 5, residualWeight: Double = 1, agreement: Double = 0.5) {
    self.labelWeight = labelWeight
    self.residualWeight = residualWeight
    self.agreement = agreement
  }

  /// Value, and slope for the modality's logits.
  ///
  /// - Parameters:
  ///   - logits: o of the modality, rows × classes.
  ///   - others: summed logits of all others; a row of zeros where there are none.
  ///   - previous: posterior of the modality trained before, with whether a row has one; nil for
  ///     the first.
  ///   - labels: class of each row; negative ones are left out.
  ///   - rowWeights: ω.
  package func callAsFunction(
    _ logits: Matrix, others: Matrix, previous: (posteriors: Matrix, isKnown: [Bool])?,
    labels: [Int], rowWeights: [Double]
  ) -> (value: Double, slope: Matrix) {
    let logPosteriors = logSoftmaxRows(logits)
    let othersPosteriors = softmaxRows(others)
    let classCount = logits.columnCount
    var slope = Matrix(rows: logits.rowCount, columns: classCount)
    var terms: [Double] = []
    for i in labels.indices where labels[i] >= 0 && rowWeights[i] != 0 {
      let y = labels[i]
      let p = logPosteriors.row(i).map(exponential)
      let weight = rowWeights[i] / Double(classCount)
      let target = labelWeight - residualWeight * othersPosteriors[i, y]
      var term = -target * logPosteriors[i, y]
      for c in 0..<classCount { slope[i, c] = weight * target * (p[c] - (c == y ? 1 : 0)) }
      if let previous, previous.isKnown[i] {
        let gaps = zip(p, previous.posteriors.row(i)).map { $0 - $1 }
        let mean = zip(p, gaps).reduce(0) { $0 + $1.0 * $1.1 }
        term += agreement * gaps.reduce(0) { $0 + $1 * $1 }
        for c in 0..<classCount {
          slope[i, c] += weight * agreement * 2 * p[c] * (gaps[c] - mean)
        }
      }
      terms.append(weight * term)
    }
    return (orderedSum(terms), slope)
  }
}
