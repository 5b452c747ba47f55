import Evaluation

/// What each setting takes from a method, paired with the same method where nothing is made worse.
struct ChangesSection: ReportSection {
  let id = "changes"
  let title = "What each setting takes"

  func body(_ context: RobustnessContext) -> Markup? {
    let settings = context.summary.settings.filter { !$0.changes.isEmpty }
    guard !settings.isEmpty, let reference = context.reference else { return nil }
    let plot = IntervalPlot(
      title: "Change in macro-F1 of \(reference), by setting",
      rows: settings.map { setting in
        let change = setting.changes.first { $0.method == reference }
        return IntervalPlot.Row(
          label: setting.name, value: change?.difference, bounds: change?.ci95, mark: .first,
          note: change.map(note) ?? "")
      }, axis: "change in macro-F1", isDifference: true)
    return Figure(
      id: "changes-reference",
      caption: """
        What each setting takes from <b>\(reference)</b>, paired with itself where nothing is made \
        worse, with 95 % intervals. All methods stand in the numbers.
        """,
      chart: plot.wide(), compact: plot.compact(), table: table(settings)
    ).html
  }

  private func note(_ change: RobustnessSummary.Change) -> String {
    switch SettingFinding.direction(change) {
    case .lower: "\(Numbers.signed(change.difference))  lost"
    case .higher: "\(Numbers.signed(change.difference))  gained"
    case .notTold: "\(Numbers.signed(change.difference))  could be 0"
    default: Numbers.signed(change.difference)
    }
  }

  private func table(_ settings: [RobustnessSummary.Setting]) -> Table {
    Table(
      "Change in macro-F1 by setting and method",
      columns: [
        .text("Setting", "setting"), .text("Against", "from"), .text("Method", "method"),
        .number("Change", "difference"), .number("95 % interval", "ci95"),
        .number("By patients", "bootstrap_ci95"),
      ],
      rows: settings.flatMap { setting in
        setting.changes.map { change -> [Table.Cell] in
          [
            .text(setting.name), .text(change.from), .text(change.method),
            .signed(change.difference), .text(Numbers.signedRange(change.ci95)),
            .text(Numbers.signedRange(change.bootstrapCI95)),
          ]
        }
      })
  }
}
