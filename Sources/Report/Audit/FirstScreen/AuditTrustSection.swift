import Evaluation

/// What a reader should look at before trusting the numbers.
struct AuditTrustSection: ReportSection {
  let id = "trust"
  let title = "Trust"

  func body(_ input: AuditReportInput) -> Markup? {
    TrustSection.content(warnings: input.summary.warnings, checks: [])
  }
}
