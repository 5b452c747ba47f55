import Evaluation

/// Precision, recall and F1 of each class.
struct ClassesSection: ReportSection {
  let id = "classes"
  let title = "By class"

  func body(_ context: ReportContext) -> Markup? {
    let shown = context.shownDetails.filter { !$0.detail.confusions.isEmpty }
    guard !shown.isEmpty else { return nil }
    let classes = context.summary.classes
    let scores = shown.map { ClassScores($0.detail, classes: classes) }
    let chart = BarChart(
      title: "F1 of each class", groups: classes, series: shown.map(\.mark),
      bars: classes.indices.map { index in
        scores.map { BarChart.Bar(value: $0.rows[index].f1, span: $0.rows[index].span) }
      }, axis: "F1")
    let table = Table(
      "Results by class",
      columns: [
        .text("Class", "class"), .text("Method", "method"), .number("Patients", "patients"),
        .number("Precision", "precision"), .number("Recall", "recall"), .number("F1", "f1"),
        .number("F1 over repeats", "f1_range"),
      ],
      rows: classes.indices.flatMap { index in
        zip(shown, scores).map { method, score -> [Table.Cell] in
          let row = score.rows[index]
          return [
            .text(row.name), .text(method.detail.name), .count(row.patients),
            .number(row.precision), .number(row.recall), .number(row.f1),
            .text(Numbers.range(row.span, 2)),
          ]
        }
      })
    return Figure(
      id: "classes-f1",
      caption: "F1 of each class: mean over repeats, with lowest and highest. \(context.legend)",
      chart: chart.drawing(), table: table
    ).html
  }
}

/// A method's scores by class, averaged over repeats.
struct ClassScores {
  /// One class.
  struct Row {
    let name: String
    /// Labelled patients of the class that were tested in a repeat.
    let patients: Int
    let precision: Double?
    let recall: Double?
    let f1: Double
    /// Lowest and highest F1 over repeats; nil for a single repeat.
    let span: StudySummary.Bounds?
  }

  /// Classes in sorted order.
  let rows: [Row]

  init(_ detail: MethodDetail, classes: [String]) {
    let matrices = detail.confusions
    rows = classes.enumerated().map { index, name in
      let scores = matrices.map { $0.f1PerClass[index] }
      let span = scores.count > 1 ? (scores.min() ?? 0, scores.max() ?? 0) : nil
      return Row(
        name: name, patients: matrices.first?.trueCounts[index] ?? 0,
        precision: ClassScores.mean(matrices.compactMap { $0.precision(of: index) }),
        recall: ClassScores.mean(matrices.compactMap { $0.recall(of: index) }),
        f1: ClassScores.mean(scores) ?? 0, span: span.map { StudySummary.Bounds($0.0, $0.1) })
    }
  }

  /// The class of lowest F1 among those that occur; the first on ties.
  var lowest: Row? {
    var lowest: Row?
    for row in rows where row.patients > 0 && row.f1 < lowest?.f1 ?? .infinity { lowest = row }
    return lowest
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}

extension ConfusionMatrix {
  /// TP/(TP + FP), 0…1; nil where the class is never predicted.
  func precision(of index: Int) -> Double? {
    let predicted = predictedCounts[index]
    return predicted == 0 ? nil : Double(self[index, index]) / Double(predicted)
  }

  /// TP/(TP + FN), 0…1; nil where the class does not occur.
  func recall(of index: Int) -> Double? {
    let occurring = trueCounts[index]
    return occurring == 0 ? nil : Double(self[index, index]) / Double(occurring)
  }
}
