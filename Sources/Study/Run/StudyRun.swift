import Cohort
import Dispatch
import LinearAlgebra
import Synchronization

/// Runs the tasks of a plan: folds in parallel, the methods of one fold after another on one
/// thread, since they share a store.
public struct StudyRun: Sendable {
  /// What to run.
  public let plan: StudyPlan
  private let threads: Int
  private let journal: TaskJournal?
  private let progress: @Sendable (StudyProgress) -> Void

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - plan: what to run.
  ///   - threads: folds worked on at a time, ≥ 1; changes no byte of the results.
  ///   - journal: where finished tasks are kept; nil keeps them in memory alone.
  ///   - progress: told of every finished task, from any thread, one call at a time.
  public init(
    plan: StudyPlan, threads: Int = 1, journal: TaskJournal? = nil,
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) {
    self.plan = plan
    self.threads = max(1, threads)
    self.journal = journal
    self.progress = progress
  }

  /// Runs what `earlier` does not hold already.
  ///
  /// - Throws: ``StudyError`` `.learnerFailed`, or `.writeFailed`; an error that a learner threw
  ///   about the data, as it is.
  public func results(
    continuing earlier: TaskJournal.Contents = TaskJournal.Contents()
  ) throws -> StudyResults {
    var known = [StudyTask: TaskResult]()
    for result in earlier.results { known[result.task] = result }
    let found = known
    let folds = plan.foldTasks
    let clock = ProgressClock(
      total: plan.tasks.count, done: plan.tasks.count { found[$0] != nil }, report: progress)
    let stop = Atomic<Bool>(false)
    let outcomes = try parallelMap(count: folds.count, threads: threads) { index in
      Result {
        try run(
          folds[index], found: found, clock: clock, isStopped: { stop.load(ordering: .relaxed) })
      }.mapError { error in
        stop.store(true, ordering: .relaxed)
        return error
      }
    }
    for case .failure(let error) in outcomes { throw error }
    var byTask = [StudyTask: TaskResult]()
    var times = earlier.sharedTimes
    for case .success(let outcome) in outcomes {
      for result in outcome.results { byTask[result.task] = result }
      if let time = outcome.sharedTime { times.append(time) }
    }
    return StudyResults(
      plan: plan, results: plan.tasks.compactMap { byTask[$0] }, sharedTimes: times)
  }

  private struct FoldOutcome: Sendable {
    var results: [TaskResult] = []
    var sharedTime: SharedTime?
  }

  private func run(
    _ fold: (repeat: Int, fold: Int), found: [StudyTask: TaskResult], clock: ProgressClock,
    isStopped: () -> Bool
  ) throws -> FoldOutcome {
    var outcome = FoldOutcome()
    var open = [(StudyTask, any Learner)]()
    for learner in plan.learners {
      let task = StudyTask(method: learner.name, repeatIndex: fold.repeat, fold: fold.fold)
      if let result = found[task] {
        outcome.results.append(result)
      } else {
        open.append((task, learner))
      }
    }
    guard !open.isEmpty, !isStopped() else { return outcome }
    let material = plan.material(repeat: fold.repeat, fold: fold.fold)
    let store = SharedStore()
    for (task, learner) in open {
      // Another fold has failed: its error is what the caller will hear of.
      if isStopped() { return outcome }
      let result = try run(task, learner, on: material, store: store)
      try journal?.append(result)
      outcome.results.append(result)
      clock.tick()
    }
    let time = SharedTime(
      repeatIndex: fold.repeat, fold: fold.fold, seconds: store.sharedSeconds)
    try journal?.append(time)
    outcome.sharedTime = time
    return outcome
  }

  private func run(
    _ task: StudyTask, _ learner: any Learner, on material: FoldMaterial, store: SharedStore
  ) throws -> TaskResult {
    let context = FitContext(
      streams: material.streams, store: store, preprocessing: plan.options.preprocessing,
      innerFolds: plan.options.innerFolds,
      gate: plan.options.gate)
    let start = DispatchTime.now().uptimeNanoseconds
    let sharedBefore = store.sharedSeconds
    let predictions: Predictions
    let record: FitRecord?
    do {
      let fitted = try learner.fit(material.training, context)
      predictions = try fitted.predict(material.test)
      record = fitted.record
    } catch let error as CohortError {
      throw StudyError.learnerRefused(task, error)
    } catch {
      throw StudyError.learnerFailed(task, describe(error))
    }
    let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    try check(predictions.probabilities, task, rows: material.testRows.count)
    return TaskResult(
      task: task,
      probabilities: (0..<material.testRows.count).map { Array(predictions.probabilities.row($0)) },
      record: record, seconds: max(0, elapsed - (store.sharedSeconds - sharedBefore)))
  }

  private func check(
    _ probabilities: Matrix, _ task: StudyTask, rows: Int
  ) throws(StudyError) {
    guard probabilities.rowCount == rows,
      probabilities.columnCount == plan.outcome.classes.count
    else {
      throw .learnerFailed(
        task,
        "\(probabilities.rowCount) x \(probabilities.columnCount) probabilities for "
          + "\(rows) patients and \(plan.outcome.classes.count) classes")
    }
    for i in 0..<rows {
      let row = probabilities.row(i)
      // A comparison with NaN is false, so NaN fails here as well.
      let isSound = row.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 } && abs(row.reduce(0, +) - 1) < 1e-6
      if !isSound { throw .learnerFailed(task, "a row that is not a set of probabilities") }
    }
  }
}

/// An error in words: learners of other targets have their own error types.
private func describe(_ error: any Error) -> String {
  let text = String(describing: error)
  return text.split(separator: "\n").joined(separator: " ")
}

/// Counts finished tasks, and reports them one at a time.
private final class ProgressClock: Sendable {
  private let total: Int
  private let doneBefore: Int
  private let start = DispatchTime.now().uptimeNanoseconds
  private let report: @Sendable (StudyProgress) -> Void
  private let doneHere = Mutex(0)

  init(total: Int, done: Int, report: @escaping @Sendable (StudyProgress) -> Void) {
    self.total = total
    doneBefore = done
    self.report = report
    report(StudyProgress(done: done, total: total, doneHere: 0, seconds: 0))
  }

  func tick() {
    doneHere.withLock { count in
      count += 1
      report(
        StudyProgress(
          done: doneBefore + count, total: total, doneHere: count,
          seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9))
    }
  }
}
