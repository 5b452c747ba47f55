import Cohort
import LinearAlgebra

/// Fusion emphasis and loss weights of the default model, from out-of-fold signals.
struct Guidance: Sendable {
  /// g_m = max(.02, q_m / mean q), q_m = (MI_m / mean MI)².
  let emphasis: [Double]
  /// w after each round, w ← ½ w + ½ v / mean v, v_m = (1.05 - F1_m)(MI_m + .02).
  let weightRounds: [[Double]]

  /// Loss weights after the last round.
  var lossWeights: [Double] { weightRounds.last ?? emphasis.map { _ in 1 } }

  init(
    _ signals: [HeadSignal], _ configuration: EquipoiseConfiguration, _ streams: RandomStreams
  ) {
    var signals = signals
    if configuration.shufflesGuidance {
      signals = exchangedOrder(signals.count, streams).map { signals[$0] }
    }
    let equal = [Double](repeating: 1, count: signals.count)
    let information = signals.map(\.informativeness)
    emphasis =
      configuration.usesEmphasis && configuration.usesInformation
      ? squaredInformationGates(information) : equal
    var rounds: [[Double]] = [equal]
    if configuration.usesBalance {
      // A switched-off signal is the same for every modality.
      let macroF1 = configuration.usesMacroF1 ? signals.map(\.macroF1) : equal
      var balance = DynamicLossWeights(modalityCount: signals.count)
      for _ in 0..<configuration.balanceRounds {
        balance.update(
          macroF1: macroF1,
          informativeness: configuration.usesInformation ? information : equal)
        rounds.append(balance.weights)
      }
    }
    weightRounds = rounds
  }
}

/// An order in which nobody keeps its place, for the control whose signals are exchanged among
/// modalities: one cycle, uniform among all (Sattolo 1986). A single modality stays.
///
/// - Parameter streams: stream `shuffled-guidance` below them, so that all parts of a fit exchange
///   alike.
func exchangedOrder(_ count: Int, _ streams: RandomStreams) -> [Int] {
  var stream = streams.stream("shuffled-guidance")
  var order = Array(0..<count)
  for i in stride(from: count - 1, through: 1, by: -1) {
    order.swapAt(i, stream.below(i))
  }
  return order
}
