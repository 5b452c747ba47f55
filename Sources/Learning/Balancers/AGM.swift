import LinearAlgebra

/// AGM: encoders follow the fused loss times κ_m, which holds back a modality further ahead than it
/// used to be and pushes the others (``AGMGradientFactors``).
///
/// The fused logits are a sum over modalities, so that the mean of a modality's contributions over
/// all orders (its Shapley value) is its own term α_im Z_m U_f, for any number of modalities.
/// Source: Li et al. (2023), arXiv 2308.07686.
struct AGM: Balancer {
  /// Of the modalities that a labelled patient has.
  private var rule: AGMGradientFactors?

  mutating func gradients(_ step: JointStep) -> JointGradients {
    var result = step.fusedGradients()
    let present = step.present
    let head = step.fusedHead.weights
    let losses = present.map { m in
      var attribution = step.embedding(m).product(head)
      for i in 0..<attribution.rowCount {
        for c in 0..<attribution.columnCount { attribution[i, c] *= step.emphasis[i, m] }
      }
      return TrueClassScores(logits: attribution, labels: step.knownLabels(m))
        .meanNegativeLogLikelihood
    }
    var rule = rule ?? AGMGradientFactors(modalityCount: present.count)
    for (m, factor) in zip(present, rule.factors(meanNegativeLogLikelihoods: losses)) {
      result.encoders[m] = result.encoders[m]?.map { factor * $0 }
    }
    rule.record(meanNegativeLogLikelihoods: losses)
    self.rule = rule
    return result
  }
}
