import Evaluation

/// Who was studied.
struct RobustnessCohortSection: ReportSection {
  let id = "cohort"
  let title = "Cohort"

  func body(_ context: RobustnessContext) -> Markup? {
    let summary = context.summary
    return CohortFactsList(
      cohort: summary.cohort, label: summary.outcome.label, classes: summary.classes,
      assays: summary.modalities.map { ($0.name, $0.featureCount, $0.measuredCount) },
      unlabelledUse: summary.design.unlabelled == "ignore"
        ? "left out" : "in graph, scaling and distillation where a method can use them"
    ).markup
  }
}
