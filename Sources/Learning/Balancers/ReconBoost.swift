import LinearAlgebra

/// ReconBoost: modalities are trained in turn, encoder and own head, on what the frozen sum of the
/// others does not tell yet (``ReconcilementLoss``); after each round one step of the fused loss for
/// all.
///
/// An epoch is one such round, one step a modality and the fused one. A modality that no labelled
/// patient has is passed over. Source: Hua et al. (2024), arXiv 2405.09321.
struct ReconBoost: Balancer {
  private let loss = ReconcilementLoss()
  /// Of the modality trained last.
  private var previous: (posteriors: Matrix, isKnown: [Bool])?

  func stepsPerEpoch(branchCount: Int) -> Int { branchCount + 1 }

  mutating func gradients(_ step: JointStep) -> JointGradients {
    let m = step.index
    guard m < step.isMeasured.count else { return step.fusedGradients() }
    var result = JointGradients.none(branchCount: step.isMeasured.count)
    guard step.present.contains(m) else { return result }
    let logits = step.logits(m)
    let slope = loss(
      logits, others: step.summedLogits(except: m), previous: previous,
      labels: step.knownLabels(m),
      rowWeights: step.labels.rowWeights(isCounted: step.isMeasured[m])
    ).slope
    (result.encoders[m], result.heads[m]) = step.recording.gradients(logits: m, along: slope)
    previous = (softmaxRows(logits), step.isMeasured[m])
    return result
  }
}
