import Evaluation

/// What a reader should look at before trusting the numbers.
struct AuditTrustSection: ReportSection {
  let id = "trust"
  let title = "Trust"

  func body(_ input: AuditReportInput) -> Markup? {
    let warnings = input.summary.warnings
    guard !warnings.isEmpty else { return "<p>No warnings.</p>\n" }
    return Markup.list(
      warnings.map { "<b>Look at this.</b> \($0.message)" }, style: "warnings")
  }
}
