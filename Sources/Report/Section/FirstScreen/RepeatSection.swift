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
    return RepeatSection.command(context.input.command)
      + Markup.facts([
        ("Seed", "\(String(design.seed))"), ("Version", "\(design.version)"), ("Folds", folds),
      ])
  }

  /// A command to be copied.
  static func command(_ text: String) -> Markup {
    "<pre class=\"command\" tabindex=\"0\"><code>\(text)</code></pre>\n"
  }
}
