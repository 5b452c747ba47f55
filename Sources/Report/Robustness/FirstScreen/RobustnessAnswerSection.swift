import Evaluation

/// The answer in words, and one finding a setting.
struct RobustnessAnswerSection: ReportSection {
  let id = "answer"
  let title = "Answer"

  /// Settings told one by one on the first screen.
  private static let mostTold = 8

  func body(_ context: RobustnessContext) -> Markup? {
    let findings = context.findings
    let headline = SettingFinding.headline(findings, context.summary.primary)
    let told =
      findings.count <= RobustnessAnswerSection.mostTold
      ? findings
      : findings.filter { [.higher, .lower].contains($0.correctedVerdict) }
    let shown = told.prefix(RobustnessAnswerSection.mostTold)
    let items = shown.map { "<b>\($0.name):</b> \($0.sentence)" as Markup }
    let rest: Markup =
      shown.count < findings.count
      ? "<p class=\"note\"><a href=\"#settings\">All \(findings.count) settings</a> stand below.</p>\n"
      : ""
    return "<p class=\"lead\">\(headline)</p>\n"
      + (items.isEmpty ? "" : Markup.list(items, style: "answer")) + rest
  }
}
