import Cohort
import Evaluation
import Foundation
import Report
import Study

/// A comparison of methods on a cohort while something is made worse: fewer labels, poorer
/// information, missing modalities.
///
/// ```swift
/// let study = try Robustness(
///   cohort: cohort, kind: .samples, settings: ["n=40", "n=80"],
///   options: StudyOptions(methods: ["quick"]))
/// for setting in try study.run().summary.settings {
///   print(setting.name, setting.primaryComparison?.difference ?? .nan)
/// }
/// ```
///
/// Equal cohorts and options give equal results, to the byte, for any number of threads.
public struct Robustness: Sendable {
  /// What is fitted on which rows, under which settings.
  public let plan: StudyPlan

  /// Plans a robustness study; nothing is fitted yet.
  ///
  /// - Parameters:
  ///   - cohort: patients with a nominal outcome.
  ///   - kind: what is varied.
  ///   - settings: names as in column `setting`; empty: those that suit the cohort.
  ///   - draws: independent draws of labelled patients for settings with `n=`, ≥ 1.
  ///   - options: methods, folds, seed; the defaults are the command line's.
  ///   - foldsCSV: text of a `folds.csv` to be used instead of drawn folds.
  ///   - labelledCSV: text of a `labelled.csv` to be used instead of drawn labels.
  /// - Throws: as ``Study``; ``StudyError`` `.badOption` for a setting that cannot be, with the
  ///   nearest word.
  public init(
    cohort: Cohort, kind: RobustnessKind, settings: [String] = [], draws: Int = 30,
    options: StudyOptions = StudyOptions(), foldsCSV: String? = nil, labelledCSV: String? = nil
  ) throws {
    var options = options
    options.robustness = RobustnessOptions(kind: kind, settings: settings, draws: draws)
    plan = try StudyPlan(
      cohort: cohort, options: options, foldsCSV: foldsCSV, labelledCSV: labelledCSV)
  }

  /// Fits, predicts and compares, in memory.
  ///
  /// - Parameters:
  ///   - threads: fits worked on at a time; the default is what this process may use.
  ///   - progress: told of every finished task.
  /// - Throws: ``StudyError`` `.learnerFailed`, naming method, setting and fold.
  public func run(
    threads: Int = ProcessorAllowance.count(),
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> RobustnessOutcome {
    let results = try StudyRun(plan: plan, threads: threads, progress: progress).results()
    return try RobustnessOutcome(results, context: SummaryContext(threads: threads))
  }
}

/// What a finished robustness study found.
public struct RobustnessOutcome: Sendable {
  /// Every prediction of every task.
  public let results: StudyResults
  /// The study in numbers, as in `summary.json`.
  public let summary: RobustnessSummary

  /// Sums up finished results.
  public init(_ results: StudyResults, context: SummaryContext = SummaryContext()) throws {
    self.results = results
    summary = try results.robustnessSummary(context)
  }

  /// The report: one HTML file without links to elsewhere.
  ///
  /// - Parameter command: the command that repeats the study, to be shown.
  public func reportHTML(command: String = "") -> String {
    RobustnessReport(RobustnessReportInput(summary: summary, command: command)).html()
  }
}
