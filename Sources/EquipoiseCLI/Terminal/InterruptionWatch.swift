import Dispatch
import Foundation

/// Runs a closure on SIGINT or SIGTERM in place of the default ending.
final class InterruptionWatch {
  private let sources: [any DispatchSourceSignal]

  /// Begins to watch.
  init(_ handle: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler(handler: handle)
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
