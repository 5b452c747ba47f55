import Dispatch
import Synchronization

/// Names a result that methods of one fold share: everything that the result depends on beside the
/// fold itself, as stored properties, and the type of the result.
///
/// A key is a small struct beside the stage that makes the result:
///
/// ```swift
/// struct Key: SharedKey {
///   typealias Value = RelationalFeatures
///   let relations: RelationChoice
/// }
/// ```
///
/// Two keys of different types never meet, so a result cannot be read as something else, and a
/// property that is left out of a key is seen where the key is declared.
public protocol SharedKey<Value>: Hashable, Sendable {
  /// What is kept under the key.
  associatedtype Value: Sendable
}

/// Results shared by the methods of one fold, each computed once under its ``SharedKey``; which
/// method computes an entry never changes its bytes.
///
/// A store saves time and nothing else: what a stage needs from another one is passed as a value.
public final class SharedStore: Sendable {
  private struct State {
    var entries: [AnyHashable: any Sendable] = [:]
    var sharedNanoseconds: UInt64 = 0
    var depth = 0
  }
  private let state = Mutex(State())

  /// An empty store.
  public init() {}

  /// The value under `key`, made by `make` on first use. A store belongs to one thread at a time.
  public func value<Key: SharedKey>(
    _ key: Key, _ make: () throws -> Key.Value
  ) rethrows -> Key.Value {
    // Unwrapped first: a missing entry must not pass for nil where Value is optional.
    if let entry = state.withLock({ $0.entries[key] }), let found = entry as? Key.Value {
      return found
    }
    let start = DispatchTime.now().uptimeNanoseconds
    state.withLock { $0.depth += 1 }
    defer { state.withLock { $0.depth -= 1 } }
    let made = try make()
    let elapsed = DispatchTime.now().uptimeNanoseconds - start
    state.withLock {
      $0.entries[key] = made
      // Nested entries are already inside the outermost one's time.
      if $0.depth == 1 { $0.sharedNanoseconds += elapsed }
    }
    return made
  }

  /// Seconds spent so far on making shared values.
  public var sharedSeconds: Double {
    Double(state.withLock { $0.sharedNanoseconds }) / 1e9
  }
}
