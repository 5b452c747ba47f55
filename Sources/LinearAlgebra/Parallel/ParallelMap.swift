import Dispatch
import Synchronization

/// Maps 0..<count on up to `threads` threads; results stand in index order, so that they do not
/// depend on the thread count as long as `transform` depends on its index alone.
///
/// The first error (by index among those met) is thrown after running work has ended.
public func parallelMap<Value: Sendable, Failure: Error>(
  count: Int, threads: Int, _ transform: @escaping @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
  guard count > 0 else { return [] }
  if threads <= 1 || count == 1 { return try (0..<count).map(transform) }
  let results = Mutex([Result<Value, Failure>?](repeating: nil, count: count))
  let nextIndex = Atomic<Int>(0)
  let failed = Atomic<Bool>(false)
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while !failed.load(ordering: .relaxed) {
      let index = nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      let result = Result { () throws(Failure) in try transform(index) }
      if case .failure = result { failed.store(true, ordering: .relaxed) }
      results.withLock { $0[index] = result }
    }
  }
  let gathered = results.withLock { $0 }
  for case .failure(let error)? in gathered { throw error }
  return gathered.map { result in
    guard case .success(let value)? = result else {
      preconditionFailure("without a failure every index has run")
    }
    return value
  }
}
