import Evaluation

/// How to get these numbers again.
struct AuditRepeatSection: ReportSection {
  let id = "repeat"
  let title = "Repeat"

  func body(_ input: AuditReportInput) -> Markup? {
    let design = input.summary.design
    let layout =
      "\(Numbers.count(design.folds, "fold")) × \(Numbers.count(design.repeats, "repeat"))"
    let folds =
      design.foldsFile.map { "given, from \($0)" } ?? "\(layout), those of a study with this seed"
    return "<pre class=\"command\" tabindex=\"0\"><code>\(input.command)</code></pre>\n"
      + Markup.facts([
        ("Seed", "\(String(design.seed))"), ("Version", "\(design.version)"), ("Folds", "\(folds)"),
      ])
  }
}
