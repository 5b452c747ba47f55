import Dispatch
import Synchronization

/// Results shared by the methods of one fold, each computed once under a key that names all it
/// depends on; who computes an entry never changes its bytes.
public final class SharedStore: Sendable {
  private struct State {
    var entries: [String: any Sendable] = [:]
    var sharedNanoseconds: UInt64 = 0
    var depth = 0
  }
  private let state = Mutex(State())

  /// An empty store.
  public init() {}

  /// The value under `key`, made by `make` on first use. A store belongs to one thread at a time.
  public func value<Value: Sendable>(
    _ key: String, _ make: () throws -> Value
  ) rethrows -> Value {
    // Unwrapped first: a missing entry must not pass for nil where Value is optional.
    if let entry = state.withLock({ $0.entries[key] }), let found = entry as? Value {
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
