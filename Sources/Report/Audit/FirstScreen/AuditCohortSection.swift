import Evaluation

/// Whose assays were audited.
struct AuditCohortSection: ReportSection {
  let id = "cohort"
  let title = "Cohort"

  func body(_ input: AuditReportInput) -> Markup? {
    let summary = input.summary
    return CohortFactsList(
      cohort: summary.cohort, label: summary.outcome.label, classes: summary.classes,
      assays: summary.modalities.map { ($0.name, $0.featureCount, $0.measuredCount) },
      unlabelledUse: summary.design.unlabelled == "ignore"
        ? "left out" : "in imputation, scaling and the distillation gate"
    ).markup
  }
}
