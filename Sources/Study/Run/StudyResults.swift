import Cohort
import Evaluation
import LinearAlgebra

/// All finished tasks of a plan, in the plan's order.
public struct StudyResults: Sendable {
  /// The plan.
  public let plan: StudyPlan
  /// One result per task, in the order of ``StudyPlan/tasks``.
  public let results: [TaskResult]
  /// Seconds of shared values, per fold.
  public let sharedTimes: [SharedTime]

  /// Results of one method, over repeats and folds in order.
  public func results(of method: String) -> [TaskResult] {
    results.filter { $0.task.method == method }
  }

  /// A task's predictions beside the truth.
  package func scoredRows(_ result: TaskResult) -> ScoredRows {
    let rows = plan.folds.testRows(repeat: result.task.repeatIndex, fold: result.task.fold)
    return ScoredRows(
      truth: rows.map { plan.outcome.labels[$0] }, probabilities: Matrix(result.probabilities))
  }

  /// Value of a metric on each fold of a method, in order of repeat and fold; NaN if undefined.
  package func values(of metric: any Metric, method: String) -> [Double] {
    results(of: method).map { metric.value(of: scoredRows($0)) ?? .nan }
  }

  /// Whether two methods predict the same, to the bit, everywhere.
  package func arePredictionsIdentical(_ a: String, _ b: String) -> Bool {
    results(of: a).map(\.probabilities) == results(of: b).map(\.probabilities)
  }
}
