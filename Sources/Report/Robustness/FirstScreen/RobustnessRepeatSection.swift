/// How to get these numbers again.
struct RobustnessRepeatSection: ReportSection {
  let id = "repeat"
  let title = "Repeat"

  func body(_ context: RobustnessContext) -> Markup? {
    let design = context.summary.design
    var facts: [(name: String, value: Markup)] = [
      ("Seed", "\(String(design.seed))"), ("Version", "\(design.version)"),
      (
        "Folds",
        design.foldsFile.map { "given, from <code>\($0)</code>" }
          ?? "<code>folds.csv</code>, beside this report"
      ),
    ]
    if let file = design.labelledFile {
      facts.append(("Labels", "given, from <code>\(file)</code>"))
    } else if design.draws != nil {
      facts.append(("Labels", "<code>labelled.csv</code>, beside this report"))
    }
    return RepeatSection.command(context.input.command) + Markup.facts(facts)
  }
}
