import Cohort
import Study

/// A comparison of methods on a cohort by repeated cross-validation.
///
/// ```swift
/// let outcome = try Study(cohort: cohort, options: StudyOptions(methods: ["quick"])).run()
/// for method in outcome.summary.methods {
///   print(method.name, method.metrics["macro_f1"]?.mean ?? .nan)
/// }
/// ```
///
/// Equal cohorts and options give equal results, to the byte, for any number of threads. To keep
/// finished tasks on disk and resume, use ``StudySession``.
public struct Study: Sendable {
  /// What is fitted on which rows.
  public let plan: StudyPlan

  /// Plans a study; nothing is fitted yet.
  ///
  /// - Parameters:
  ///   - cohort: patients with a nominal outcome.
  ///   - options: methods, folds, seed; the defaults are the command line's.
  ///   - foldsCSV: text of a `folds.csv` to be used instead of drawn folds.
  /// - Throws: ``StudyError`` for options out of range and unknown methods (with the nearest name);
  ///   `CohortError` for a cohort that cannot be studied; `EvaluationError` for folds that do not fit.
  public init(
    cohort: Cohort, options: StudyOptions = StudyOptions(), foldsCSV: String? = nil
  ) throws {
    plan = try StudyPlan(cohort: cohort, options: options, foldsCSV: foldsCSV)
  }

  /// Fits, predicts and compares, in memory.
  ///
  /// - Parameters:
  ///   - threads: folds worked on at a time; the default is what this process may use.
  ///   - progress: told of every finished task.
  /// - Throws: ``StudyError`` `.learnerFailed`, naming method and fold.
  public func run(
    threads: Int = ProcessorAllowance.count(),
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> StudyOutcome {
    let results = try StudyRun(plan: plan, threads: threads, progress: progress).results()
    return try StudyOutcome(results, context: SummaryContext(threads: threads))
  }
}
