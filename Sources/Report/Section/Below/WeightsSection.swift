import Evaluation

/// How much each modality counted: weights over training, and emphasis in the fused answer.
struct WeightsSection: ReportSection {
  let id = "weights"
  let title = "Weights and balance"

  /// One method's trajectories, by modality.
  private typealias Line = (modality: String, weights: StudySummary.WeightTrajectory)

  func body(_ context: ReportContext) -> Markup? {
    let modalities = context.summary.modalities
    var methods = [String]()
    for trajectory in modalities.flatMap(\.weightTrajectories)
    where !methods.contains(trajectory.method) { methods.append(trajectory.method) }
    var content: Markup = ""
    for (index, method) in methods.enumerated() {
      let lines = modalities.compactMap { modality -> Line? in
        modality.weightTrajectories.first { $0.method == method }.map { (modality.name, $0) }
      }
      content += part(method, lines, index)
    }
    guard !methods.isEmpty else { return nil }
    return "<div class=\"pair\">\(content)</div>\n" + """
      <p class="note">A weight of 1 is an equal share. Bands span the lowest and highest fit. \
      Weights and emphasis tell what a method did, not whether it helped: see the comparisons with \
      its ablations.</p>

      """
  }

  private func part(_ method: String, _ lines: [Line], _ index: Int) -> Markup {
    var content: Markup = ""
    let isFlat = lines.allSatisfy { line in
      (line.weights.low + line.weights.high).allSatisfy { abs($0 - 1) < 1e-9 }
    }
    if !isFlat { content += trajectories(method, lines, index).html }
    if lines.contains(where: { $0.weights.emphasis != nil }) {
      content += emphasis(method, lines, index, isFlat: isFlat).html
    }
    if content.text.isEmpty {
      content = "<p>\(method): all modalities kept equal weights.</p>\n"
    }
    return content
  }

  private func trajectories(_ method: String, _ lines: [Line], _ index: Int) -> Figure {
    let plot = LinePlot(
      title: "Loss weight of each modality over training, \(method)",
      series: lines.map {
        LinePlot.Series(
          name: $0.modality, values: $0.weights.mean, low: $0.weights.low,
          high: $0.weights.high)
      }, axis: "round", level: 1)
    let table = Table(
      "Loss weights over training",
      columns: [
        .text("Assay", "modality"), .number("Round", "round"), .number("Mean", "mean"),
        .number("Lowest", "low"), .number("Highest", "high"),
      ],
      rows: lines.flatMap { line in
        line.weights.mean.indices.map { round -> [Table.Cell] in
          [
            .text(line.modality), .count(round + 1), .number(line.weights.mean[round]),
            .number(line.weights.low[round]), .number(line.weights.high[round]),
          ]
        }
      })
    return Figure(
      id: "weights-\(index + 1)", caption: "<b>\(method)</b>: loss weights over training.",
      chart: plot.drawing(), table: table)
  }

  private func emphasis(
    _ method: String, _ lines: [Line], _ index: Int, isFlat: Bool
  ) -> Figure {
    let chart = BarChart(
      title: "Fusion emphasis of each modality, \(method)", groups: lines.map(\.modality),
      series: [.first], bars: lines.map { [BarChart.Bar(value: $0.weights.emphasis)] },
      axis: "emphasis")
    let table = Table(
      "Fusion emphasis",
      columns: [.text("Assay", "modality"), .number("Emphasis", "emphasis")],
      rows: lines.map { [.text($0.modality), .number($0.weights.emphasis)] })
    let flat: Markup = isFlat ? " Loss weights stayed equal." : ""
    return Figure(
      id: "emphasis-\(index + 1)",
      caption: "<b>\(method)</b>: emphasis in the fused answer, mean over fits.\(flat)",
      chart: chart.drawing(), table: table)
  }
}
