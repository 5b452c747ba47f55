import Evaluation

/// What was fitted on which rows.
struct FittedSection: ReportSection {
  let id = "fitted"
  let title = "What was fitted on which rows"

  func body(_ context: ReportContext) -> Markup? {
    let summary = context.summary
    let joins = summary.design.unlabelled != "ignore" && summary.cohort.unlabelled > 0
    return sizes(context)
      + FittedSection.table(unlabelledJoin: joins, transductive: summary.transductive).html
  }

  /// Steps with their rows.
  static func table(unlabelledJoin joins: Bool, transductive: Bool) -> Table {
    let training =
      joins ? "training patients, labelled and unlabelled" : "labelled training patients"
    let graph =
      transductive
      ? "\(training), and features (never labels) of the tested patients" : training
    let rows: [(String, String)] = [
      ("Selection and imputation of features, scaling", training),
      ("Distances, patient graph", graph),
      ("Weights of every method, class weights", "labelled training patients"),
      (
        "Mutual information, balance, gates, learned fusion weights, temperatures",
        "out-of-fold predictions within the labelled training patients"
      ),
      (
        "Distillation",
        joins
          ? "training patients with both modalities; teachers’ predictions out of fold"
          : "labelled training patients with both modalities; teachers’ predictions out of fold"
      ),
      ("Scores, intervals, calibration, confusion", "tested patients, each left out of its fit"),
    ]
    return Table(
      "What was fitted on which rows",
      columns: [.text("Step", "step"), .sentence("Rows", "rows")],
      rows: rows.map { [.text($0.0), .text($0.1)] })
  }

  private func sizes(_ context: ReportContext) -> Markup {
    guard let folds = context.input.details.first(where: { !$0.folds.isEmpty })?.folds else {
      return ""
    }
    let (training, tested) = (
      FittedSection.span(folds.map(\.trainingCount)), FittedSection.span(folds.map(\.testCount))
    )
    return """
      <p>Each of the \(folds.count) fits of a method was trained on \(training) labelled patients \
      and tested on \(tested) others.</p>

      """
  }

  private static func span(_ counts: [Int]) -> String {
    let (low, high) = (counts.min() ?? 0, counts.max() ?? 0)
    return low == high
      ? Numbers.grouped(low) : "\(Numbers.grouped(low)) to \(Numbers.grouped(high))"
  }
}
