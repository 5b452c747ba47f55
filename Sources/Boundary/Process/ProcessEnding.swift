import Foundation
import Synchronization

/// The orderly end of the process by a signal: what must not be cut off, and what has to be cleared
/// away first.
///
/// Other threads are in the middle of their work when a signal comes, and are not waited for. So
/// files are cleared away, and renamed, under one lock, the gate: ``end(_:)`` takes it and never
/// gives it back, and whoever would create another file waits at the gate until the process is gone.
package final class ProcessEnding: Sendable {
  /// What an end at this moment leaves behind.
  package enum Aftermath: Sendable {
    /// No file of this command was written, or none remains.
    case nothingWritten
    /// A run that can be continued.
    case resumable
    /// All files were written already.
    case complete
  }

  /// A registered action, until it is cancelled.
  package final class Token: Sendable {
    private let number: Int
    private let actions: Guarded<[Int: @Sendable () -> Void]>

    fileprivate init(_ number: Int, _ actions: Guarded<[Int: @Sendable () -> Void]>) {
      self.number = number
      self.actions = actions
    }

    /// Forgets the action.
    package func cancel() { actions.change { $0[number] = nil } }
  }

  /// Signals come to the process, so there is one of these in it.
  package static let shared = ProcessEnding()

  // Recursive, since a section that must not be cut off may hold another.
  private let gate = NSRecursiveLock()
  private let actions = Guarded<[Int: @Sendable () -> Void]>([:])
  private let nextNumber = Guarded(0)
  private let left = Guarded(Aftermath.nothingWritten)

  /// What an end at this moment leaves behind.
  package var aftermath: Aftermath {
    get { left.value }
    set { left.value = newValue }
  }

  /// Runs a short section that an orderly end does not cut off.
  package func hold<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    gate.lock()
    defer { gate.unlock() }
    return try body()
  }

  /// Registers what is to be done before an orderly end, the latest first.
  package func onEnd(_ action: @escaping @Sendable () -> Void) -> Token {
    let number = nextNumber.change { number -> Int in
      number += 1
      return number
    }
    actions.change { $0[number] = action }
    return Token(number, actions)
  }

  /// Clears away and leaves the process: waits for a section that is held, runs the actions, then
  /// `last` with what remains, and ends without running anything else.
  package func end(_ last: (Aftermath) -> Int32) -> Never {
    gate.lock()
    for (_, action) in actions.value.sorted(by: { $0.key > $1.key }) { action() }
    _exit(last(aftermath))
  }
}
