import LinearAlgebra

/// OGM-GE: the encoder of a modality ahead of the others follows the fused loss less, and every
/// encoder's gradient gets noise of its own spread (``OGMGradientFactors``).
///
/// What a modality scores is the fused head's answer to its embedding alone; patients who lack it
/// do not count against it. Source: Peng et al. (2022), arXiv 2203.15332.
struct OGMGE: Balancer {
  private let rule = OGMGradientFactors()

  func gradients(_ step: JointStep) -> JointGradients {
    var result = step.fusedGradients()
    let head = step.fusedHead
    let present = step.present
    let scores = present.map { m in
      TrueClassScores(logits: head.applied(to: step.embedding(m)), labels: step.knownLabels(m))
        .meanScore
    }
    var factors = [Double](repeating: 1, count: step.isMeasured.count)
    for (m, factor) in zip(present, rule.factors(scores: scores)) { factors[m] = factor }
    for (m, factor) in factors.enumerated() {
      var stream = step.streams.stream("ogm-ge/branch=\(m)")
      result.encoders[m] = result.encoders[m]?.map { gradient in
        var modulated = OGMGradientFactors.enhanced(gradient, stream: &stream)
        modulated.add(gradient, times: factor - 1)
        return modulated
      }
    }
    return result
  }
}

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
