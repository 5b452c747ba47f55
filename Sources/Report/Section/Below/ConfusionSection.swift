import Evaluation

/// Which class is taken for which.
struct ConfusionSection: ReportSection {
  let id = "confusion"
  let title = "Confusion"

  func body(_ context: ReportContext) -> Markup? {
    let classes = context.summary.classes
    let figures = context.shownDetails.enumerated().compactMap { index, shown -> Markup? in
      guard !shown.detail.confusions.isEmpty else { return nil }
      return figure(shown.detail, shown.mark, classes, index).html
    }
    guard !figures.isEmpty else { return nil }
    return "<div class=\"pair\">\(figures)</div>\n"
  }

  private func figure(
    _ detail: MethodDetail, _ mark: Mark, _ classes: [String], _ index: Int
  ) -> Figure {
    let count = classes.count
    let totals = (0..<count * count).map { cell in
      detail.confusions.reduce(0) { $0 + $1.counts[cell] }
    }
    let rowTotals = (0..<count).map { row in
      totals[row * count..<(row + 1) * count].reduce(0, +)
    }
    let map = HeatMap(
      title: "Confusion of \(detail.name): share of each true class, in percent", names: classes,
      shares: totals.indices.map { cell in
        let total = rowTotals[cell / count]
        return total == 0 ? nil : Double(totals[cell]) / Double(total)
      })
    let table = Table(
      "Counts over all repeats; rows are true classes",
      columns: [.text("True", "true")] + classes.map { .number($0, $0) },
      rows: classes.indices.map { row in
        [.text(classes[row])] + (0..<count).map { .count(totals[row * count + $0]) }
      })
    return Figure(
      id: "confusion-\(index + 1)",
      caption: """
        <span class="legend">\(mark.key(detail.name))</span> Percent of each true class, over \
        \(Numbers.count(detail.confusions.count, "repeat")).
        """,
      chart: map.drawing(), table: table)
  }
}
