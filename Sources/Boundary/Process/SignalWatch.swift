import Foundation

/// Calls a closure on a thread of its own when SIGINT, SIGTERM or SIGHUP comes.
///
/// A handler may do next to nothing, so it only posts a semaphore that the thread waits for.
package enum SignalWatch {
  /// Begins to watch; to be called once, first in `main`.
  ///
  /// SIGHUP stays ignored where it was (`nohup`). SIGINT does not: shells ignore it for jobs in the
  /// background of a script, where `kill -INT` is still meant.
  package static func begin(_ handle: @escaping @Sendable () -> Never) {
    guard sem_init(wake, 0, 0) == 0 else { return }
    let thread = Thread {
      while sem_wait(wake) != 0 {}
      handle()
    }
    thread.name = "signals"
    thread.start()
    // A parent may have started the program with signals blocked, as libraries do that start it from
    // a worker thread.
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&unblocked, number)
      var action = sigaction()
      if number == SIGHUP {
        sigaction(number, nil, &action)
        if isIgnored(action) { continue }
      }
      action = sigaction()
      sigemptyset(&action.sa_mask)
      action.sa_flags = SA_RESTART
      setHandler(&action)
      sigaction(number, &action, nil)
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func setHandler(_ action: inout sigaction) {
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = { _ in postWake() }
    #else
      action.__sigaction_handler.sa_handler = { _ in postWake() }
    #endif
  }
}

/// Posted by the handler. Its memory lives as long as the process, since a signal may come at any
/// moment.
private nonisolated(unsafe) let wake = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

/// The only call in the handler: `sem_post` is safe there, and the code it may set is restored.
private func postWake() {
  let code = errno
  sem_post(wake)
  errno = code
}
