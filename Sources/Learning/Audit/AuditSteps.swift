import Synchronization

/// Counts finished parts of an audit from any thread.
final class AuditSteps: Sendable {
  private let total: Int
  private let done = Mutex(0)
  private let progress: @Sendable (Int, Int) -> Void

  init(total: Int, _ progress: @escaping @Sendable (Int, Int) -> Void) {
    self.total = total
    self.progress = progress
  }

  /// One part more is done.
  func finish() {
    // Told within the lock, so that the count never runs backwards for the listener.
    done.withLock {
      $0 += 1
      progress($0, total)
    }
  }
}
