import Evaluation

/// What was fitted on which rows.
struct RobustnessFittedSection: ReportSection {
  let id = "fitted"
  let title = "What was fitted on which rows"

  func body(_ context: RobustnessContext) -> Markup? {
    let summary = context.summary
    let joins =
      summary.design.unlabelled != "ignore"
      && (summary.cohort.unlabelled > 0 || summary.settings.contains { $0.name.contains("n=") })
    return FittedSection.table(unlabelledJoin: joins, transductive: summary.transductive).html
  }
}
