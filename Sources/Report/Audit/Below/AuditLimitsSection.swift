import Evaluation

/// What such an audit cannot see.
struct AuditLimitsSection: ReportSection {
  let id = "limits"
  let title = "What this cannot see"

  func body(_ input: AuditReportInput) -> Markup? {
    let limits = input.summary.limits
    return limits.isEmpty ? nil : Markup.list(limits.map { "\($0)" })
  }
}
