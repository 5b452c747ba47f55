/// Cross-conformal sets for small cohorts (Vovk 2015): every labelled row calibrates, against the
/// model that was fitted without its fold.
///
/// Coverage is guaranteed only at 1 - 2α for miscoverage α, and is near 1 - α in practice.
public struct CrossConformal: Equatable, Sendable {
  /// For each fold the scores 1 - p(true class) of its held-out rows, ascending.
  public let foldScores: [[Double]]

  /// From the held-out scores of each fold.
  public init(foldScores: [[Double]]) {
    self.foldScores = foldScores.map { $0.sorted() }
  }

  /// Keeps class c if (1 + Σ over folds of #{held-out score ≥ 1 - p_c of that fold's model})
  /// / (n + 1) exceeds 1 - coverage.
  ///
  /// - Parameters:
  ///   - foldProbabilities: the patient's class probabilities under each fold's model.
  ///   - coverage: wanted probability, strictly between 0 and 1.
  public func set(_ foldProbabilities: [[Double]], coverage: Double) -> PredictionSet {
    precondition(foldProbabilities.count == foldScores.count, "one model per fold")
    let total = foldScores.reduce(0) { $0 + $1.count }
    let classCount = foldProbabilities.first?.count ?? 0
    let classes = (0..<classCount).filter { c in
      var rank = 1
      for (scores, probabilities) in zip(foldScores, foldProbabilities) {
        let own = 1 - probabilities[c]
        rank += scores.count { $0 >= own }
      }
      return Double(rank) / Double(total + 1) > 1 - coverage + 1e-12
    }
    return PredictionSet(classes: classes, classCount: classCount)
  }
}
