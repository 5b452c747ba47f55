/// What the numbers may be used for.
struct RobustnessUseSection: ReportSection {
  let id = "use"
  let title = "Use"

  func body(_ context: RobustnessContext) -> Markup? {
    """
    <p><b>Research only</b>, not for the diagnosis or treatment of a patient. \
    <b>No external validation:</b> all numbers come from this cohort. What is made worse here is made \
    worse at random; a real assay fails in its own way.</p>

    """
  }
}
