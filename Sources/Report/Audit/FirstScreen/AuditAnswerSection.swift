import Evaluation

/// The answer in words, as the summary has it.
struct AuditAnswerSection: ReportSection {
  let id = "answer"
  let title = "Answer"

  func body(_ input: AuditReportInput) -> Markup? {
    let findings = input.summary.findings
    guard let lead = findings.first else { return "<p>There is nothing to be said.</p>\n" }
    return "<p class=\"lead\">\(lead.sentence)</p>\n"
      + Markup.list(findings.dropFirst().map { "\($0.sentence)" }, style: "answer")
  }
}
