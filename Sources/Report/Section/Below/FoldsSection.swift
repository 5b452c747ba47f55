import Evaluation

/// Both methods of the declared contrast in every test fold.
struct FoldsSection: ReportSection {
  let id = "folds"
  let title = "Fold by fold"

  func body(_ context: ReportContext) -> Markup? {
    let shown = context.shownDetails
    guard shown.count == 2 else { return nil }
    let (a, b) = (shown[0].detail, shown[1].detail)
    let pairs = zip(a.folds, b.folds).filter { x, y in
      (x.repeatIndex, x.fold) == (y.repeatIndex, y.fold)
    }
    let drawn = pairs.compactMap { x, y -> PairedDots.Pair? in
      guard let first = x.macroF1, let second = y.macroF1 else { return nil }
      return PairedDots.Pair(repeatIndex: x.repeatIndex, a: first, b: second)
    }
    guard !drawn.isEmpty else { return nil }
    let higher = drawn.count { $0.a > $0.b }
    let plot = PairedDots(
      title: "Macro-F1 of both methods in each test fold", pairs: drawn, axis: "macro-F1")
    let table = Table(
      "Macro-F1 in each test fold",
      columns: [
        .number("Repeat", "repeat"), .number("Fold", "fold"), .number("Trained on", "n_train"),
        .number("Tested on", "n_test"), .number(a.name, a.name), .number(b.name, b.name),
      ],
      rows: pairs.map { x, y in
        [
          .count(x.repeatIndex), .count(x.fold), .count(x.trainingCount), .count(x.testCount),
          .number(x.macroF1), .number(y.macroF1),
        ]
      })
    return Figure(
      id: "folds-paired",
      caption: """
        \(a.name) is higher in \(higher) of \(drawn.count) test folds. Folds share training \
        patients, so this count is no test. \(context.legend)
        """,
      chart: plot.wide(), compact: plot.compact(), table: table
    ).html
  }
}
