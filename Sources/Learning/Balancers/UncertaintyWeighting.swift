import LinearAlgebra
import NeuralNetwork

/// Uncertainty weighting: every loss, fused and own, counts as much as its learned uncertainty
/// allows (``LossUncertainties``), s following Adam at the network's step size.
///
/// The loss of a modality that no labelled patient has teaches nothing; its s stays.
/// Source: Kendall, Gal & Cipolla (2018), arXiv 1705.07115.
struct UncertaintyWeighting: Balancer {
  private var uncertainties: LossUncertainties
  private var optimizer: Adam

  init(branchCount: Int, learningRate: Double) {
    uncertainties = LossUncertainties(lossCount: branchCount + 1)
    optimizer = Adam(
      Adam.Options(learningRate: learningRate, weightDecay: 0), entryCount: branchCount + 1)
  }

  mutating func gradients(_ step: JointStep) -> JointGradients {
    let weights = uncertainties.weights
    let result = step.recording.gradients(fused: weights[0], own: Array(weights.dropFirst()))
    let losses = [step.recording.fusedLossValue] + step.recording.ownLossValues
    var slopes = uncertainties.slopes(losses: losses)
    let present = step.present
    for m in step.isMeasured.indices where !present.contains(m) { slopes[m + 1] = 0 }
    if present.isEmpty { slopes[0] = 0 }
    var values = Matrix(
      rows: 1, columns: slopes.count, values: uncertainties.logVariances)
    optimizer.step(
      &values, gradient: Matrix(rows: 1, columns: slopes.count, values: slopes), decays: false)
    uncertainties.set(values.values)
    return result
  }
}
