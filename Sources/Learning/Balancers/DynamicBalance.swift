import LinearAlgebra

/// Our dynamic balance: L_f + κ(e) Σ_m w_m L_m, with w at gradient level (``BalancedGradient``) and
/// renewed from macro-F1 and information (``GuidedWeights``).
struct DynamicBalance: Balancer {
  private var weights: GuidedWeights
  private var mixers: [BalancedGradient]
  private let warmUpEpochs: Int
  private let annealing = BalanceAnnealing()

  init(_ weights: GuidedWeights, configuration: RelationalNetworkConfiguration) {
    self.weights = weights
    mixers = weights.weights.map { _ in
      BalancedGradient(normalizes: configuration.normalizesGradients)
    }
    warmUpEpochs = configuration.warmUpEpochs
  }

  var trajectory: [[Double]] { weights.trajectory }

  mutating func observe(_ look: JointLook) {
    guard look.epoch > 0 else { return }
    weights.renew(
      macroF1: look.modalities.map { $0?.macroF1 }, isWarm: look.epoch >= warmUpEpochs)
  }

  mutating func gradients(_ step: JointStep) -> JointGradients {
    let kappa = annealing.factor(epoch: step.epoch, of: step.epochCount)
    let own = step.ownGradients()
    var result = step.fusedGradients()
    for (m, weight) in weights.weights.enumerated() {
      if let fused = result.encoders[m], let mine = own.encoders[m] {
        result.encoders[m] = mixers[m].mixed(
          fused: fused, own: mine, weight: weight, annealing: kappa)
      }
      result.heads[m] = own.heads[m]?.map { (kappa * weight) * $0 }
      result.stepFactors[m] = BalancedGradient.stepFactor(weight)
    }
    return result
  }
}
