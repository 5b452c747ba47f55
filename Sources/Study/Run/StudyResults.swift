import Cohort
import Evaluation
import LinearAlgebra

/// All finished tasks of a plan, in the plan's order.
public struct StudyResults: Sendable {
  /// The plan.
  public let plan: StudyPlan
  /// One result per task, in the order of ``StudyPlan/tasks``.
  public let results: [TaskResult]
  /// Seconds of shared values, per fit.
  public let sharedTimes: [SharedTime]

  /// Results by setting, in the plan's order.
  package var bySetting: [SettingResults] {
    let groups = Dictionary(grouping: results) { $0.task.setting ?? StudySetting.fullName }
    return plan.settings.map {
      SettingResults(plan: plan, setting: $0, results: groups[$0.name] ?? [])
    }
  }
}

/// All finished tasks of one setting.
package struct SettingResults: Sendable {
  /// The plan.
  package let plan: StudyPlan
  /// The setting.
  package let setting: StudySetting
  /// One result per task, by method, then replicate.
  package let results: [TaskResult]
  private let byMethod: [String: [TaskResult]]

  init(plan: StudyPlan, setting: StudySetting, results: [TaskResult]) {
    self.plan = plan
    self.setting = setting
    self.results = results
    byMethod = Dictionary(grouping: results, by: \.task.method)
  }

  /// Results of one method, over replicates in order.
  package func results(of method: String) -> [TaskResult] { byMethod[method] ?? [] }

  /// A task's predictions beside the truth.
  package func scoredRows(_ result: TaskResult) -> ScoredRows {
    ScoredRows(
      truth: plan.split(setting, result.task.replicate).testRows.map { plan.outcome.labels[$0] },
      probabilities: Matrix(result.probabilities))
  }
}
