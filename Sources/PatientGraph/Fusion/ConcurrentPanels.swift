import Dispatch
import Synchronization

/// Runs `body` for 0..<count on up to `threads` threads, each with scratch memory of its own; the
/// body must write to places that belong to its index alone, so that results do not depend on the
/// number of threads.
func concurrentPanels(
  count: Int, threads: Int, scratch: Int, _ body: (Int, UnsafeMutablePointer<Double>) -> Void
) {
  withoutActuallyEscaping(body) { body in
    let task = PanelTask(count: count, scratch: scratch, body: body)
    let next = Atomic<Int>(0)
    if min(threads, count) <= 1 {
      task.run(next)
    } else {
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in task.run(next) }
    }
  }
}

/// The body may be shared between threads since every index writes to its own places.
private struct PanelTask: @unchecked Sendable {
  let count: Int
  let scratch: Int
  let body: (Int, UnsafeMutablePointer<Double>) -> Void

  func run(_ next: borrowing Atomic<Int>) {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(scratch, 1))
    defer { memory.deallocate() }
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index, memory)
    }
  }
}
