import Evaluation

/// How to get these numbers again.
struct RepeatSection: ReportSection {
  let id = "repeat"
  let title = "Repeat"

  func body(_ context: ReportContext) -> Markup? {
    let design = context.summary.design
    let folds: Markup =
      design.foldsFile.map { "given, from <code>\($0)</code>" }
      ?? "<code>folds.csv</code>, beside this report"
    return "<pre class=\"command\" tabindex=\"0\"><code>\(context.input.command)</code></pre>\n"
      + Markup.facts([
        ("Seed", "\(String(design.seed))"), ("Version", "\(design.version)"), ("Folds", folds),
      ])
  }
}
