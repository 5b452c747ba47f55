import Evaluation

/// How many patients of each class had a label.
struct DrawnLabelsSection: ReportSection {
  let id = "labels"
  let title = "Labelled training patients"

  func body(_ context: RobustnessContext) -> Markup? {
    let summary = context.summary
    guard summary.settings.contains(where: { $0.replicates == .draws }) else { return nil }
    var seen = Set<[Double]>()
    let settings = summary.settings.filter { seen.insert($0.classCounts).inserted }
    let table = Table(
      "Labelled training patients of each class, mean over replicates",
      columns: [.text("Setting", "setting")] + summary.classes.map { .number($0, $0) },
      rows: settings.map { setting in
        [.text(setting.name)] + setting.classCounts.map { .number($0, decimals: 1) }
      })
    return table.html + """
      <p class="note">Drawn at random, topped up to a minimum of each class: frequencies among them \
      are no estimate of the prevalence, and no method may use them as one.</p>

      """
  }
}
