import LinearAlgebra

/// Gradient Blending, online: fused and own losses are weighted by what each brought on validation
/// patients over the last ten epochs against what it overfitted (``blendingWeights(before:now:floor:)``).
///
/// A loss that cannot be judged, for want of validation patients with the modality, gets no weight
/// once others have one. Source: Wang, Tran & Feiszli (2020), arXiv 1905.12681; as they do, the
/// weights are equal at first, but they are measured on the network in training, not on copies.
struct GradientBlending: Balancer {
  /// Epochs between two renewals.
  private static let stretch = 10
  /// Fused, then by modality.
  private var weights: [Double]
  private var last: (epoch: Int, losses: [LossPair?])?

  init(branchCount: Int) {
    weights = [Double](repeating: 1 / Double(branchCount + 1), count: branchCount + 1)
  }

  mutating func observe(_ look: JointLook) {
    if let last, look.epoch - last.epoch < Self.stretch { return }
    let losses = zip(look.training().losses, look.validation.losses).map { pair in
      pair.0.flatMap { training in
        pair.1.map { LossPair(training: training, validation: $0) }
      }
    }
    if let last { weights = blendingWeights(before: last.losses, now: losses) }
    last = (look.epoch, losses)
  }

  func gradients(_ step: JointStep) -> JointGradients {
    step.recording.gradients(fused: weights[0], own: Array(weights.dropFirst()))
  }
}
