/// What two sources tell about a target, each alone and both together, in nats.
///
/// All three terms must come from one estimator on the same rows.
public struct InteractionInformation: Equatable, Sendable {
  /// I(1; Y).
  public let first: Double
  /// I(2; Y).
  public let second: Double
  /// I(1, 2; Y).
  public let joint: Double

  /// From the three informations.
  public init(first: Double, second: Double, joint: Double) {
    self.first = first
    self.second = second
    self.joint = joint
  }

  /// Plug-in estimates for discrete sources and target.
  public init(_ first: [Int], _ second: [Int], target: [Int]) {
    self.init(
      first: ContingencyTable(first, target).plugIn,
      second: ContingencyTable(second, target).plugIn,
      joint: ContingencyTable(combinedClasses(first, second), target).plugIn)
  }

  /// Estimates of one estimator on the same rows, whatever the kind of the variables.
  ///
  /// `auto` chooses once, for both sources together, and that estimator gives all three terms.
  /// Neighbor estimates lose with columns, so that the joint term, which has most, comes out lowest:
  /// redundancy tends to be overstated.
  /// - Parameters:
  ///   - first: numbers or classes.
  ///   - second: the same kind as the first.
  ///   - target: numbers or classes, as the estimator takes them.
  /// - Throws: ``MutualInformationError`` `.unsupportedVariable` for sources of two kinds, and what
  ///   the estimator throws.
  public init(
    _ first: Variable, _ second: Variable, target: Variable,
    estimator: any MutualInformationEstimator
  ) throws(MutualInformationError) {
    try checkVariables([first, second, target])
    let both = try first.joined(with: second)
    let automatic = estimator as? AutomaticEstimator
    let chosen = automatic?.resolved(both, target).estimator ?? estimator
    let source = chosen.source(of: try chosen.estimate(both, target))
    self.init(
      first: try source.estimate(first, target).information,
      second: try source.estimate(second, target).information,
      joint: try source.estimate(both, target).information)
  }

  /// Co-information I(1;Y) + I(2;Y) - I(1,2;Y): positive where redundancy outweighs synergy,
  /// negative where synergy does; only the difference of the two.
  public var coInformation: Double { first + second - joint }

  /// Redundancy under the minimum-information axiom, min(I(1;Y), I(2;Y)); other axioms give other
  /// values.
  public var minimumRedundancy: Double { min(first, second) }

  /// Synergy under the same axiom: what only both together tell.
  public var minimumSynergy: Double { joint - max(first, second) }
}
