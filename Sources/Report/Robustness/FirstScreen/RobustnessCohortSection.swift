import Evaluation

/// Who was studied.
struct RobustnessCohortSection: ReportSection {
  let id = "cohort"
  let title = "Cohort"

  func body(_ context: RobustnessContext) -> Markup? {
    let summary = context.summary
    return CohortSection.facts(
      cohort: summary.cohort, outcome: summary.outcome, classes: summary.classes,
      modalities: summary.modalities, unlabelled: summary.design.unlabelled)
  }
}
