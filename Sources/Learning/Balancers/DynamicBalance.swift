#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

import LinearAlgebra
import NeuralNetwork

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

/// Mixes the gradient of the fused loss with that of a modality's own loss for its encoder.
///
/// η_m = w_m g_m, brought to the norm of g_f (moving averages of norms) and, where both conflict,
/// without its component along g_f; g = g_f + κ η_m. Adam's steps do not change with the scale of a
/// gradient, so w_m also multiplies the encoder's update, within ¼ and 4.
///
/// Source: ours; the projection is that of Yu et al. (2020), on one side.
package struct BalancedGradient: Sendable {
  private var fusedNorm: Double?
  private var ownNorm: Double?
  private let normalizes: Bool

  /// - Parameter normalizes: whether the own gradient is brought to the norm of the fused one.
  package init(normalizes: Bool) { self.normalizes = normalizes }

  /// w within the bounds of a step-size factor.
  package static func stepFactor(_ weight: Double) -> Double { min(4, max(0.25, weight)) }

  /// g_f + κ η_m.
  package mutating func mixed(
    fused: [Matrix], own: [Matrix], weight: Double, annealing: Double
  ) -> [Matrix] {
    let currentFused = globalNorm(fused)
    fusedNorm = Self.averaged(fusedNorm, currentFused)
    ownNorm = Self.averaged(ownNorm, globalNorm(own))
    var factor = annealing * weight
    if normalizes, let fusedNorm, let ownNorm, currentFused > 0 {
      factor *= fusedNorm / (ownNorm + 1e-12)
    }
    let inner = globalInnerProduct(fused, own)
    let alongFused = inner < 0 ? factor * inner / (currentFused * currentFused) : 0
    return zip(fused, own).map { fused, own in
      var result = fused
      if alongFused != 0 { result.scale(by: 1 - alongFused) }
      result.add(own, times: factor)
      return result
    }
  }

  private static func averaged(_ old: Double?, _ new: Double) -> Double {
    old.map { 0.9 * $0 + 0.1 * new } ?? new
  }
}

/// Weight κ(e) of the modality losses beside the fused loss, falling along a half cosine:
/// κ(e) = κ₁ + (κ₀ - κ₁)·½(1 + cos(π e/E)), so that a run ends on the fused objective.
///
/// Source: ours, with the cosine schedule of Loshchilov & Hutter (2017).
package struct BalanceAnnealing: Equatable, Sendable {
  /// κ₀, at epoch 0.
  package var start: Double
  /// κ₁, at the last epoch E.
  package var end: Double

  /// A schedule from 1 to .1 by default.
  package init(start: Double = 1, end: Double = 0.1) {
    self.start = start
    self.end = end
  }

  /// κ at `epoch` of `epochCount`, held at its end value afterwards; κ₀ where `epochCount` is 0.
  package func factor(epoch: Int, of epochCount: Int) -> Double {
    guard epochCount > 0 else { return start }
    let share = Double(min(max(epoch, 0), epochCount)) / Double(epochCount)
    return end + (start - end) * 0.5 * (1 + cos(Double.pi * share))
  }
}
