import Evaluation

/// Macro-F1 of every method under every setting.
struct SettingMethodsSection: ReportSection {
  let id = "methods"
  let title = "All methods"

  func body(_ context: RobustnessContext) -> Markup? {
    let settings = context.summary.settings
    guard let methods = settings.first?.methods.map(\.name), !methods.isEmpty else { return nil }
    func mean(_ setting: RobustnessSummary.Setting, _ method: String) -> Double? {
      setting.method(named: method)?.metrics["macro_f1"]?.mean
    }
    let table = Table(
      "Macro-F1, mean over replicates",
      columns: [.text("Method", "method")] + settings.map { .number($0.name, $0.name) },
      rows: methods.map { method in
        [.text(method)] + settings.map { .number(mean($0, method)) }
      },
      emphasized: Set(
        methods.indices.filter { context.roles.mark(methods[$0]) != .other }))
    return table.html + """
      <p class="note">Every metric of every replicate stands in <code>results.csv</code>.</p>

      """
  }
}
