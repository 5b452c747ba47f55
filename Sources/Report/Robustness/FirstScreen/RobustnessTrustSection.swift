import Evaluation

/// What a reader should look at before trusting the numbers, and checks that passed.
struct RobustnessTrustSection: ReportSection {
  let id = "trust"
  let title = "Trust"

  func body(_ context: RobustnessContext) -> Markup? {
    TrustSection.content(
      warnings: context.summary.warnings, checks: context.summary.checks)
  }
}
