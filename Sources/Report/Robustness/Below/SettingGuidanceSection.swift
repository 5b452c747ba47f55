import Evaluation

/// What the fits told of each modality, and how much they let it speak, under each setting.
struct SettingGuidanceSection: ReportSection {
  let id = "guidance"
  let title = "What the fits made of it"

  func body(_ context: RobustnessContext) -> Markup? {
    let settings = context.summary.settings.filter { setting in
      setting.modalities.contains { $0.informativeness != nil }
    }
    guard !settings.isEmpty else { return nil }
    let names = context.summary.modalities.map(\.name)
    let table = Table(
      "Informativeness and emphasis by setting",
      columns: [.text("Setting", "setting")]
        + names.flatMap { name -> [Table.Column] in
          [
            .number("\(name), tells", "\(name)_informativeness"),
            .number("emphasis", "\(name)_emphasis"),
          ]
        },
      rows: settings.map { setting in
        [.text(setting.name)]
          + names.flatMap { name -> [Table.Cell] in
            let modality = setting.modalities.first { $0.name == name }
            return [
              Table.Cell(
                shown: "\(Numbers.percent(modality?.informativeness))",
                raw: modality?.informativeness.map(\.description) ?? ""),
              .number(emphasis(modality, context.reference), decimals: 2),
            ]
          }
      })
    return table.html + """
      <p class="note">Tells: mutual information of out-of-fold predictions with the label, as a share \
      of the label’s entropy. Emphasis: weight in the fused answer\
      \(context.reference.map { " of \($0)" } ?? ""), 1 for an equal share. They tell what a method \
      did, not whether it helped.</p>

      """
  }

  /// Emphasis in the reference; else in the first method that has one.
  private func emphasis(_ modality: StudySummary.Modality?, _ reference: String?) -> Double? {
    let trajectories = modality?.weightTrajectories ?? []
    return
      (trajectories.first { $0.method == reference } ?? trajectories.first { $0.emphasis != nil })?
      .emphasis
  }
}
