import LinearAlgebra

/// Our dynamic balance: L_f + κ(e) Σ_m w_m L_m, with w at gradient level (``BalancedGradient``) or, if
/// the configuration says so, as plain factors of the losses; w is renewed from macro-F1 and
/// information (``GuidedWeights``).
struct DynamicBalance: Balancer {
  private var weights: GuidedWeights
  private var mixers: [BalancedGradient]
  private let configuration: RelationalNetworkConfiguration
  private let annealing = BalanceAnnealing()

  init(_ weights: GuidedWeights, configuration: RelationalNetworkConfiguration) {
    self.weights = weights
    mixers = weights.weights.map { _ in
      BalancedGradient(normalizes: configuration.normalizesGradients)
    }
    self.configuration = configuration
  }

  var trajectory: [[Double]] { weights.trajectory }

  mutating func observe(_ look: JointLook) {
    guard look.epoch > 0 else { return }
    let macroF1: [Double?]
    switch configuration.balanceSignal {
    case .validation: macroF1 = look.validation.macroF1
    case .outOfFold: macroF1 = look.validation.modalities.map { _ in nil }
    case .training: macroF1 = look.training().macroF1
    }
    weights.renew(macroF1: macroF1, isWarm: look.epoch >= configuration.warmUpEpochs)
  }

  mutating func gradients(_ step: JointStep) -> JointGradients {
    let kappa = annealing.factor(epoch: step.epoch, of: step.epochCount)
    guard configuration.balancesGradients else {
      return step.recording.gradients(fused: 1, own: weights.weights.map { kappa * $0 })
    }
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
