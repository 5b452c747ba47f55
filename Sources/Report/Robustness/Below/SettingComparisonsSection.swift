import Evaluation

/// Every paired comparison under every setting.
struct SettingComparisonsSection: ReportSection {
  let id = "comparisons"
  let title = "Comparisons"

  func body(_ context: RobustnessContext) -> Markup? {
    let settings = context.summary.settings.filter { !$0.comparisons.isEmpty }
    guard !settings.isEmpty else { return nil }
    let rows = settings.flatMap { setting in setting.comparisons.map { (setting.name, $0) } }
    let table = Table(
      "All comparisons",
      columns: [
        .text("Setting", "setting"), .text("First", "a"), .text("Second", "b"),
        .number("Difference", "difference"), .number("95 % interval", "ci95"),
        .number("By patients", "bootstrap_ci95"), .number("p", "p"), .number("Holm p", "p_holm"),
        .sentence("In words", "verdict"),
      ],
      rows: rows.map { setting, comparison in
        [
          .text(setting), .text(comparison.a), .text(comparison.b),
          .signed(comparison.difference), .text(Numbers.signedRange(comparison.ci95)),
          .text(Numbers.signedRange(comparison.bootstrapCI95)), .p(comparison.p),
          .p(comparison.pHolm),
          .text(Claim(comparison).brief + (comparison.primary ? " (declared beforehand)" : "")),
        ]
      }, emphasized: Set(rows.indices.filter { rows[$0].1.primary }))
    return "<details><summary>\(Numbers.count(rows.count, "comparison"))</summary>\n"
      + table.html + """
        </details>
        <p class="note">Within a setting the declared contrast is tested by itself, all others under \
        Holm’s correction.</p>

        """
  }
}
