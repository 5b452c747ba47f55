import Evaluation

/// What the numbers may be used for.
struct AuditUseSection: ReportSection {
  let id = "use"
  let title = "Use"

  func body(_ input: AuditReportInput) -> Markup? {
    """
    <p><b>Research only</b>, not for the diagnosis or treatment of a patient. \
    <b>No external validation:</b> all numbers come from this cohort. They speak of association, \
    never of cause: an assay that tells of \(input.summary.outcome.label) need not have to do with \
    how it comes about. What such an audit cannot see stands <a href="#limits">below</a>.</p>

    """
  }
}
