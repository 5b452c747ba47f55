import Evaluation

/// Results by group of patients, where the cohort has groups.
struct GroupsSection: ReportSection {
  let id = "groups"
  let title = "By group"

  func body(_ context: ReportContext) -> Markup? {
    let shown = context.roles.shown.filter { !$0.method.byGroup.isEmpty }
    guard let first = shown.first else { return nil }
    let groups = first.method.byGroup
    func result(_ method: StudySummary.Method, _ group: String) -> StudySummary.GroupResult? {
      method.byGroup.first { $0.group == group }
    }
    let table = Table(
      "Results by group",
      columns: [
        .text("Group", "group"), .text("Method", "method"), .number("Patients", "patients"),
        .number("macro-F1", "macro_f1"), .number("Accuracy", "accuracy"),
      ],
      rows: groups.flatMap { group in
        shown.compactMap { method, _ -> [Table.Cell]? in
          guard let row = result(method, group.group) else { return nil }
          return [
            .text(row.group), .text(method.name), .count(row.patients), .number(row.macroF1),
            .number(row.accuracy),
          ]
        }
      })
    let remark: Markup = """
      <p class="note">Groups differ in size and in their mix of classes, and macro-F1 counts only \
      classes that occur: differences between groups are descriptions, not tests.</p>

      """
    guard groups.count <= 24 else { return table.html + remark }
    let chart = BarChart(
      title: "Accuracy in each group", groups: groups.map(\.group), series: shown.map(\.mark),
      bars: groups.map { group in
        shown.map { BarChart.Bar(value: result($0.method, group.group)?.accuracy) }
      }, axis: "accuracy")
    return Figure(
      id: "groups-accuracy", caption: "Accuracy in each group. \(context.legend)",
      chart: chart.drawing(), table: table
    ).html + remark
  }
}
