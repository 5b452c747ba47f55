import LinearAlgebra

/// Loss weights w_m over the course of joint training: renewed at every look at the network
/// from macro-F1 (a moving average) and out-of-fold information, after a warm-up.
package struct GuidedWeights: Sendable {
  /// w now, one per modality, mean 1.
  package private(set) var weights: [Double]
  /// w before the first and after every renewal, by modality.
  package private(set) var trajectory: [[Double]]

  private let rule: ModalityBalance
  private let labelEntropy: Double
  private let isBalanced: Bool
  private let followsLooks: Bool
  private var signals: [ModalitySignal]
  /// Whose macro-F1 each modality is judged by: its own, but in a control.
  private let order: [Int]

  /// Share of a new macro-F1 in the moving average.
  private static let newShare = 0.3

  /// - Parameters:
  ///   - signals: out of fold; macro-F1 is where the moving average begins.
  ///   - order: whose signals these are, by modality; nil is its own.
  ///   - followsLooks: whether macro-F1 is renewed; few validation patients cannot judge the classes.
  package init(
    _ signals: [ModalitySignal], order: [Int]? = nil, labelEntropy: Double, followsLooks: Bool,
    configuration: RelationalNetworkConfiguration
  ) {
    self.signals = signals
    self.order = order ?? Array(signals.indices)
    self.labelEntropy = labelEntropy
    self.followsLooks = followsLooks
    isBalanced = configuration.usesBalance
    rule = ModalityBalance(
      usesInformation: configuration.usesInformation, usesDeficit: configuration.usesMacroF1)
    weights = [Double](repeating: 1, count: signals.count)
    trajectory = weights.map { [$0] }
  }

  /// One renewal.
  ///
  /// - Parameter macroF1: of each head in the look; nil where it has none.
  package mutating func renew(macroF1: [Double?], isWarm: Bool) {
    if followsLooks {
      for (m, source) in order.enumerated() {
        guard let value = macroF1[source] else { continue }
        signals[m].macroF1 += Self.newShare * (value - signals[m].macroF1)
      }
    }
    guard isBalanced, isWarm else { return }
    weights = ModalityBalance.smoothed(
      weights, toward: rule.weights(signals, labelEntropy: labelEntropy))
    for m in weights.indices { trajectory[m].append(weights[m]) }
  }
}
