import Evaluation

/// Every paired comparison: difference, intervals, p before and after correction, and what may be
/// said.
struct ComparisonsSection: ReportSection {
  let id = "comparisons"
  let title = "Comparisons"

  func body(_ context: ReportContext) -> Markup? {
    let all = context.summary.comparisons
    guard !all.isEmpty else { return nil }
    var content: Markup = ""
    for (index, metric) in metrics(all).enumerated() {
      content += figure(all.filter { $0.metric == metric }, metric, index).html
    }
    return content + """
      <p class="note">Paired over the same test folds, with the variance corrected for shared \
      training rows (Nadeau &amp; Bengio 2003). The declared contrast is tested by itself, all \
      others under Holm’s correction. A difference is claimed only if that p is below 0.05 and no \
      interval contains zero; the interval by patients comes from resampling them. Shaded: \
      differences that the design would miss more often than one time in five.</p>

      """
  }

  private func metrics(_ comparisons: [StudySummary.PairedComparison]) -> [String] {
    var seen = Set<String>()
    return comparisons.map(\.metric).filter { seen.insert($0).inserted }
  }

  private func figure(
    _ comparisons: [StudySummary.PairedComparison], _ metric: String, _ index: Int
  ) -> Figure {
    let references = Set(comparisons.map(\.a))
    let title =
      references.count == 1
      ? "Difference in \(MetricWords.title(metric)): \(comparisons[0].a) minus each other method"
      : "Differences in \(MetricWords.title(metric))"
    let plot = IntervalPlot(
      title: title,
      rows: comparisons.map { comparison in
        IntervalPlot.Row(
          label: references.count == 1 ? comparison.b : "\(comparison.a) − \(comparison.b)",
          value: comparison.difference, bounds: comparison.identical ? nil : comparison.ci95,
          mark: comparison.primary ? .first : .other, note: note(comparison))
      }, axis: "difference in \(MetricWords.title(metric))", isDifference: true,
      blindTo: comparisons.first { $0.primary && !$0.identical }?.detectable)
    let keys: Markup =
      comparisons.contains { $0.primary }
      ? " <span class=\"legend\">\(Mark.first.key("declared beforehand"))</span>" : ""
    return Figure(
      id: "comparisons-\(index + 1)", caption: "\(title), with 95 % intervals.\(keys)",
      chart: plot.wide(), compact: plot.compact(), table: table(comparisons))
  }

  private func note(_ comparison: StudySummary.PairedComparison) -> String {
    let verdict = Claim(comparison).verdict
    switch verdict {
    case .identical: return "0, by construction"
    case .undefined: return Numbers.signed(comparison.difference)
    case .notTold: return "\(Numbers.signed(comparison.difference))  could be 0"
    default: return "\(Numbers.signed(comparison.difference))  \(verdict.rawValue)"
    }
  }

  private func table(_ comparisons: [StudySummary.PairedComparison]) -> Table {
    Table(
      "All comparisons",
      columns: [
        .text("First", "a"), .text("Second", "b"), .number("Difference", "difference"),
        .number("Standard error", "standard_error"), .number("95 % interval", "ci95"),
        .number("By patients", "bootstrap_ci95"), .number("p", "p"), .number("Holm p", "p_holm"),
        .number("Detectable", "detectable"), .sentence("In words", "verdict"),
      ],
      rows: comparisons.map { comparison in
        [
          .text(comparison.a), .text(comparison.b), .signed(comparison.difference),
          .number(comparison.standardError), .text(Numbers.signedRange(comparison.ci95)),
          .text(Numbers.signedRange(comparison.bootstrapCI95)), .p(comparison.p),
          .p(comparison.pHolm), .number(comparison.detectable),
          .text(
            Claim(comparison).brief + (comparison.primary ? " (declared beforehand)" : "")),
        ]
      }, emphasized: Set(comparisons.indices.filter { comparisons[$0].primary }))
  }
}
