import Synchronization

/// A value that threads change in turn.
final class Guarded<Value: Sendable>: Sendable {
  private let storage: Mutex<Value>

  init(_ value: Value) { storage = Mutex(value) }

  var value: Value {
    get { storage.withLock { $0 } }
    set { storage.withLock { $0 = newValue } }
  }

  /// Changes the value; no other change comes between.
  func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    storage.withLock { value in
      // A copy, since the closure may not be sent into the lock's own region.
      var copy = value
      let result = body(&copy)
      value = copy
      return result
    }
  }
}
