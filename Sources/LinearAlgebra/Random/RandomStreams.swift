/// Hands out named streams below a common prefix, so that a task draws the same numbers whoever
/// runs it, and whenever.
public struct RandomStreams: Hashable, Sendable {
  /// The user's seed.
  public let seed: UInt64
  /// Path in front of every name, for example `repeat=0/fold=3`.
  public let prefix: String

  /// Streams of a seed, below an optional prefix.
  public init(seed: UInt64, prefix: String = "") {
    self.seed = seed
    self.prefix = prefix
  }

  /// The stream of that name below the prefix.
  public func stream(_ name: String) -> RandomStream {
    RandomStream(seed: seed, name: prefix.isEmpty ? name : "\(prefix)/\(name)")
  }

  /// Streams one level down.
  public func scoped(_ name: String) -> RandomStreams {
    RandomStreams(seed: seed, prefix: prefix.isEmpty ? name : "\(prefix)/\(name)")
  }
}
