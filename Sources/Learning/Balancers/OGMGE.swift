import LinearAlgebra

/// OGM-GE: the encoder of a modality ahead of the others follows the fused loss less, and every
/// encoder's gradient gets noise of its own spread (``OGMGradientFactors``).
///
/// What a modality scores is the fused head's answer to its embedding alone; patients who lack it
/// do not count against it. Source: Peng et al. (2022), arXiv 2203.15332.
struct OGMGE: Balancer {
  private let rule: OGMGradientFactors
  private let addsNoise: Bool

  /// - Parameter strength: α ≥ 0; nil is the published one.
  init(strength: Double? = nil, addsNoise: Bool = true) {
    rule = strength.map { OGMGradientFactors(strength: $0) } ?? OGMGradientFactors()
    self.addsNoise = addsNoise
  }

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
        var modulated =
          addsNoise ? OGMGradientFactors.enhanced(gradient, stream: &stream) : gradient
        modulated.add(gradient, times: factor - 1)
        return modulated
      }
    }
    return result
  }
}
