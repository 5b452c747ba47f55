import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Linear discriminant analysis with a pooled covariance shrunk toward the scaled identity and a
/// uniform prior: score_c = μ_cᵀ Σ̂⁻¹ x - ½ μ_cᵀ Σ̂⁻¹ μ_c, Σ̂ = (1-s) S + s (tr S/d) I.
///
/// The share s is one of .1, .3, .5, .7, .9 and Ledoit–Wolf's, by inner out-of-fold log loss with
/// every class counting the same, as the uniform prior has it. (Ledoit–Wolf alone is far too weak on
/// wide expression data.) Libraries that shrink each class's covariance differ by design.
package struct DiscriminantFamily: LinearFamily {
  /// Fixed shares tried before Ledoit–Wolf's.
  package let shares: [Double]

  /// A family with the standard grid.
  package init(shares: [Double] = [0.1, 0.3, 0.5, 0.7, 0.9]) {
    self.shares = shares
  }

  /// `lda`.
  package var name: String { "lda" }
  /// The share is chosen out of fold.
  package var isChosenOutOfFold: Bool { true }
  /// The grid and Ledoit–Wolf.
  package var candidateCount: Int { shares.count + 1 }

  /// One model for each share of the grid, then Ledoit–Wolf's.
  package func candidates(_ rows: LabelledRows) throws -> [SoftmaxRegression.Model] {
    let scatter = try WithinClassScatter(
      features: rows.features, labels: rows.labels, classCount: rows.classCount)
    return (shares + [scatter.ledoitWolf.shrinkage]).map { scatter.discriminant(shrinkage: $0) }
  }

  /// Least class-balanced log loss; the first share on ties.
  package func choose(
    outOfFold: [Matrix], labels: [Int]
  ) -> (candidate: Int, temperature: Double) {
    guard let classCount = outOfFold.first?.columnCount else { return (0, 1) }
    let weights = rowWeights(labels: labels, classCount: classCount)
    var best = (candidate: 0, loss: Double.infinity)
    for (candidate, logits) in outOfFold.enumerated() {
      let logProbabilities = logSoftmaxRows(logits)
      let loss = -orderedSum(labels.indices.map { weights[$0] * logProbabilities[$0, labels[$0]] })
      if loss < best.loss { best = (candidate, loss) }
    }
    return (best.candidate, 1)
  }
}
