import Cohort
import LinearAlgebra

/// Stage 5 of a network: fusion shares, and loss weights before joint training.
package struct NetworkGuidance: Sendable {
  /// Fusion shares.
  let emphasis: NetworkEmphasis
  /// Loss weights before joint training; nil without signals.
  let weights: GuidedWeights?

  /// Labelled training patients below which validation patients cannot judge the classes.
  private static let fewLabels = 200

  /// Guidance from signals; equal shares where there are none.
  init(_ signals: NetworkSignals?, _ setting: NetworkSetting) {
    let configuration = setting.configuration
    let count = setting.graph.names.count
    guard let signals else {
      emphasis = NetworkEmphasis(
        emphasis: FusionEmphasis(uniform: count),
        imputesEmbeddings: configuration.imputesEmbeddings)
      weights = nil
      return
    }
    let order =
      configuration.shufflesGuidance
      ? exchangedOrder(count, setting.context.streams) : Array(0..<count)
    let guiding = order.map { signals.guiding[$0] }
    let isInformed = configuration.usesEmphasis && configuration.usesInformation
    emphasis = NetworkEmphasis(
      emphasis: isInformed
        ? FusionEmphasis(
          labelInformation: guiding.map(\.labelInformation), labelEntropy: signals.labelEntropy,
          power: configuration.emphasisPower)
        : FusionEmphasis(uniform: count),
      imputesEmbeddings: configuration.imputesEmbeddings)
    weights = GuidedWeights(
      guiding, order: order, labelEntropy: signals.labelEntropy,
      followsLooks: configuration.balanceSignal == .training
        || setting.training.labelledRows.count >= Self.fewLabels,
      configuration: configuration)
  }

  /// Guidance of a fit that is prepared: stages 3 and 5.
  package init(_ setting: NetworkSetting) throws {
    let backbone = NetworkBackbone(setting)
    self = backbone.guidance(try backbone.signals())
  }
}
