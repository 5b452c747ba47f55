import Evaluation

/// The declared contrast under every setting: one finding each.
struct SettingsSection: ReportSection {
  let id = "settings"
  let title = "Setting by setting"

  func body(_ context: RobustnessContext) -> Markup? {
    let settings = context.summary.settings
    let items = zip(settings, context.findings).map { setting, finding -> Markup in
      let change = context.reference.flatMap { finding.changeSentence(of: $0) }
      let end: Markup = change.map { " \($0)" } ?? ""
      return "<b>\(setting.name)</b> (\(setting.words)): \(finding.sentence)\(end)"
    }
    var content: Markup = ""
    if let primary = context.summary.primary { content += figure(settings, primary).html }
    return content + Markup.list(items)
  }

  private func figure(
    _ settings: [RobustnessSummary.Setting], _ primary: StudySummary.Contrast
  ) -> Figure {
    let title = "Difference in macro-F1: \(primary.a) minus \(primary.b), by setting"
    let plot = IntervalPlot(
      title: title,
      rows: settings.map { setting in
        let comparison = setting.primaryComparison
        return IntervalPlot.Row(
          label: setting.name, value: comparison?.difference,
          bounds: comparison.flatMap { $0.identical ? nil : $0.ci95 }, mark: .first,
          note: note(setting))
      }, axis: "difference in macro-F1", isDifference: true)
    return Figure(
      id: "settings-contrast",
      caption:
        "\(title), with 95 % intervals over draws or folds; those by patients are in the numbers.",
      chart: plot.wide(), compact: plot.compact(), table: table(settings, primary))
  }

  private func note(_ setting: RobustnessSummary.Setting) -> String {
    guard let comparison = setting.primaryComparison else { return "one split alone" }
    switch Claim(comparison).verdict {
    case .identical: return "0, by construction"
    case .undefined: return Numbers.signed(comparison.difference)
    case .notTold: return "\(Numbers.signed(comparison.difference))  could be 0"
    case .higher: return "\(Numbers.signed(comparison.difference))  higher"
    case .lower: return "\(Numbers.signed(comparison.difference))  lower"
    }
  }

  private func table(
    _ settings: [RobustnessSummary.Setting], _ primary: StudySummary.Contrast
  ) -> Table {
    Table(
      "The declared contrast by setting",
      columns: [
        .text("Setting", "setting"), .text("Over", "replicates"),
        .number("Replicates", "n_replicates"), .number("Labelled", "n_train"),
        .number("Tested", "n_test"), .number(primary.a, primary.a),
        .number(primary.b, primary.b), .number("Difference", "difference"),
        .number("95 % interval", "ci95"), .number("By patients", "bootstrap_ci95"),
        .number("p", "p"), .number("Holm over settings", "p_holm_over_settings"),
        .sentence("In words", "verdict"),
      ],
      rows: settings.map { setting in
        let comparison = setting.primaryComparison
        return [
          .text(setting.name), .text(setting.replicates.rawValue),
          .count(setting.replicateCount), .text(span(setting.trainingCounts)),
          .text(span(setting.testCounts)),
          .number(setting.method(named: primary.a)?.metrics["macro_f1"]?.mean),
          .number(setting.method(named: primary.b)?.metrics["macro_f1"]?.mean),
          .signed(comparison?.difference), .text(Numbers.signedRange(comparison?.ci95)),
          .text(Numbers.signedRange(comparison?.bootstrapCI95)), .p(comparison?.p),
          .p(setting.primaryHolmOverSettings),
          .text(comparison.map { Claim($0).brief } ?? "one split alone"),
        ]
      })
  }

  private func span(_ bounds: StudySummary.Bounds) -> String {
    bounds.lower == bounds.upper
      ? Numbers.fixed(bounds.lower, 0)
      : "\(Numbers.fixed(bounds.lower, 0)) to \(Numbers.fixed(bounds.upper, 0))"
  }
}
