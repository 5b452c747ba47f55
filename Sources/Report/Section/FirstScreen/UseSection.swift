import Evaluation

/// What the numbers may be used for.
struct UseSection: ReportSection {
  let id = "use"
  let title = "Use"

  func body(_ context: ReportContext) -> Markup? {
    let groups: Markup =
      GroupsSection().body(context) == nil
      ? "" : " and <a href=\"#groups\">by group</a>"
    return """
      <p><b>Research only</b>, not for the diagnosis or treatment of a patient. \
      <b>No external validation:</b> all numbers come from this cohort, from patients left out in \
      turn; another hospital, platform or population may give others. They speak of association, \
      never of cause.\(weakest(context)) Performance <a href="#classes">by class</a>\(groups) \
      stands below.</p>

      """
  }

  private func weakest(_ context: ReportContext) -> Markup {
    guard let shown = context.shownDetails.first,
      let worst = ClassScores(shown.detail, classes: context.summary.classes).lowest
    else { return "" }
    return """
       The class that \(shown.detail.name) tells least well is \(worst.name) \
      (F1 \(Numbers.fixed(worst.f1, 2))).
      """
  }
}
