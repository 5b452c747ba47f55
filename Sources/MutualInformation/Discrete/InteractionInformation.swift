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
    let width = (second.max() ?? 0) + 1
    let pairs = zip(first, second).map { $0 < 0 || $1 < 0 ? -1 : $0 * width + $1 }
    self.init(
      first: ContingencyTable(first, target).plugIn,
      second: ContingencyTable(second, target).plugIn,
      joint: ContingencyTable(pairs, target).plugIn)
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
