import Evaluation

/// Whether stated probabilities hold.
struct CalibrationSection: ReportSection {
  let id = "calibration"
  let title = "Calibration"

  func body(_ context: ReportContext) -> Markup? {
    let shown = context.shownDetails.filter { !$0.detail.calibration.isEmpty }
    guard !shown.isEmpty else { return nil }
    let plot = CalibrationPlot(
      title: "Calibration: stated confidence against reached accuracy",
      series: shown.map { CalibrationPlot.Series(mark: $0.mark, bins: $0.detail.calibration) })
    let table = Table(
      "Calibration by bin of the top probability",
      columns: [
        .text("Method", "method"), .number("Above", "lower"), .number("Up to", "upper"),
        .number("Predictions", "count"), .number("Confidence", "confidence"),
        .number("Accuracy", "accuracy"),
      ],
      rows: shown.flatMap { method in
        method.detail.calibration.map { bin -> [Table.Cell] in
          [
            .text(method.detail.name), .number(bin.lower, decimals: 1),
            .number(bin.upper, decimals: 1), .count(bin.count), .number(bin.confidence),
            .number(bin.accuracy),
          ]
        }
      })
    return Figure(
      id: "calibration-curve",
      caption: """
        Above the line a method is too modest, below it too sure. Bins of few predictions (see the \
        numbers) scatter. \(context.legend)
        """,
      chart: plot.drawing(), table: table
    ).html
  }
}
