import Cohort
import Dispatch
import Learning
import LinearAlgebra
import Synchronization

/// Runs the tasks of a plan: fits in parallel, the methods of one fit after another on one thread,
/// since they share a store.
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
  ///   - threads: fits worked on at a time, ≥ 1; changes no byte of the results.
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
    let fits = plan.fits
    let tasks = plan.tasks
    let clock = ProgressClock(
      total: tasks.count, done: tasks.count { found[$0] != nil }, report: progress)
    let stop = Atomic<Bool>(false)
    let outcomes = parallelMap(count: fits.count, threads: threads) { index in
      Result {
        try run(
          fits[index], found: found, clock: clock, isStopped: { stop.load(ordering: .relaxed) })
      }.mapError { error in
        stop.store(true, ordering: .relaxed)
        return error
      }
    }
    for case .failure(let error) in outcomes { throw error }
    var byTask = known
    var times = earlier.sharedTimes
    for case .success(let outcome) in outcomes {
      for result in outcome.results { byTask[result.task] = result }
      if let time = outcome.sharedTime { times.append(time) }
    }
    return StudyResults(
      plan: plan, results: tasks.compactMap { byTask[$0] }, sharedTimes: times)
  }

  private struct FitOutcome: Sendable {
    var results: [TaskResult] = []
    var sharedTime: SharedTime?
  }

  /// A method and the settings that it has not been run on yet, by their place in the fit.
  private struct OpenWork {
    let learner: any Learner
    let tasks: [(setting: Int, task: StudyTask)]
  }

  private func run(
    _ fit: StudyFit, found: [StudyTask: TaskResult], clock: ProgressClock, isStopped: () -> Bool
  ) throws -> FitOutcome {
    var outcome = FitOutcome()
    let open = plan.learners.compactMap { learner -> OpenWork? in
      let tasks = fit.settings.indices.compactMap { index -> (setting: Int, task: StudyTask)? in
        let task = plan.task(fit.settings[index], learner.name, fit.replicate)
        return found[task] == nil ? (index, task) : nil
      }
      return tasks.isEmpty ? nil : OpenWork(learner: learner, tasks: tasks)
    }
    guard !open.isEmpty, !isStopped() else { return outcome }
    let material = plan.material(of: fit)
    let store = SharedStore()
    for work in open {
      // Another fit has failed: its error is what the caller will hear of.
      if isStopped() { return outcome }
      for result in try run(work, on: material, store: store) {
        try journal?.append(result)
        outcome.results.append(result)
        clock.tick()
      }
    }
    let time = SharedTime(
      setting: plan.recordedName(of: fit.settings[0]),
      repeatIndex: fit.replicate.repeatIndex, fold: fit.replicate.fold,
      seconds: store.sharedSeconds)
    try journal?.append(time)
    outcome.sharedTime = time
    return outcome
  }

  /// Fits a method once, and predicts the tested patients as each open setting shows them; the fit
  /// counts towards the time of the first.
  private func run(
    _ work: OpenWork, on material: FoldMaterial, store: SharedStore
  ) throws -> [TaskResult] {
    let context = FitContext(
      streams: material.streams, store: store, preprocessing: plan.options.preprocessing,
      innerFolds: plan.options.innerFolds,
      gate: plan.options.gate)
    var watch = FitWatch(store)
    let names = plan.cohort.table.modalities.map(\.name)
    var results = [TaskResult]()
    var task = work.tasks[0].task
    do {
      let fitted = try fit(work.learner, material.training, context)
      for (setting, open) in work.tasks {
        task = open
        let predictions = try fitted.predict(material.tests[setting])
        try check(predictions.probabilities, task, rows: material.testRows.count)
        results.append(
          TaskResult(
            task: task,
            probabilities: material.testRows.indices.map {
              Array(predictions.probabilities.row($0))
            }, record: fitted.record?.ordered(by: names), seconds: watch.lap()))
      }
    } catch let error as StudyError {
      throw error
    } catch let error as CohortError {
      throw StudyError.learnerRefused(task, error)
    } catch let error as LearningError {
      throw StudyError.learnerRefused(task, error)
    } catch {
      throw StudyError.learnerFailed(task, describe(error))
    }
    return results
  }

  /// Fits; where a setting may take modalities away, a method without any left answers class
  /// frequencies instead of ending the study.
  private func fit(
    _ learner: any Learner, _ training: TrainingView, _ context: FitContext
  ) throws -> any FittedLearner {
    do {
      return try learner.fit(training, context)
    } catch let error as LearningError
      where error.code == .noUsableModality && plan.options.robustness != nil
    {
      return ClassFrequencies(training)
    }
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

/// Seconds of a method, without what it shares with others.
private struct FitWatch {
  private let store: SharedStore
  private var start = DispatchTime.now().uptimeNanoseconds
  private var sharedBefore: Double

  init(_ store: SharedStore) {
    self.store = store
    sharedBefore = store.sharedSeconds
  }

  /// Seconds since the last lap.
  mutating func lap() -> Double {
    let (now, shared) = (DispatchTime.now().uptimeNanoseconds, store.sharedSeconds)
    defer { (start, sharedBefore) = (now, shared) }
    return max(0, Double(now - start) / 1e9 - (shared - sharedBefore))
  }
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
