import Evaluation

/// What the replicates are, and so what intervals speak of.
struct RobustnessDesignSection: ReportSection {
  let id = "design"
  let title = "How it was judged"

  func body(_ context: RobustnessContext) -> Markup? {
    let settings = context.summary.settings
    var content: Markup = ""
    if let sentence = draws(context.summary) { content += "<p>\(sentence)</p>\n" }
    if settings.contains(where: { $0.replicates == .folds }) {
      content += "<p>\(folds(context.summary))</p>\n"
    }
    return content + "<p>\(degradations(context.summary))</p>\n" + detectable(settings)
  }

  private func draws(_ summary: RobustnessSummary) -> Markup? {
    let design = summary.design
    guard let draws = design.draws, let minimum = design.minimumPerClass,
      let tested = design.commonTestPatients
    else { return nil }
    let rest =
      design.unlabelled == "ignore"
      ? "the others are left out" : "the others train without a label where a method can use them"
    return """
      <b>Labels</b> (n=…) were drawn \(Numbers.count(draws, "time")) from the training side, \
      plainly at random and topped up to \(minimum) patients of each class; \(rest). Fewer labels \
      of a draw are among its more. All draws are judged on the same \
      \(Numbers.count(tested, "patient")), so that an interval over draws (ordinary paired t) tells \
      the luck of labels, and the one by patients (bootstrap) the luck of this test set. Class \
      frequencies among the drawn patients are random, and rare classes may be raised: they are no \
      prevalence.
      """
  }

  private func folds(_ summary: RobustnessSummary) -> Markup {
    let design = summary.design
    let layout =
      "\(Numbers.count(design.folds, "fold")) × \(Numbers.count(design.repeats, "repeat"))"
    let given = design.labelledFile == nil ? "" : " with given labels"
    return """
      <b>Folds</b>: \(layout)\(given), the same for every setting and method. Intervals over folds \
      are corrected for training patients that folds share (Nadeau &amp; Bengio 2003).
      """
  }

  private func degradations(_ summary: RobustnessSummary) -> Markup {
    """
    What a setting makes worse it makes worse for every method alike, with the same random numbers; \
    a stronger level builds on a weaker one. Labels are never touched, and nothing passes from \
    tested patients to training.\(summary.transductive ? " Transductive: features of tested patients were in the graph." : "")
    """
  }

  private func detectable(_ settings: [RobustnessSummary.Setting]) -> Markup {
    let told = settings.compactMap { setting in
      setting.primaryComparison.flatMap { $0.identical ? nil : $0.detectable }
        .map { (setting.name, $0) }
    }
    guard let best = told.min(by: { $0.1 < $1.1 }), let worst = told.max(by: { $0.1 < $1.1 })
    else { return "" }
    guard told.count > 1 else {
      return """
        <p>The smallest gain that would have been detected with 80 % power: \
        <b>\(Numbers.fixed(best.1))</b>.</p>

        """
    }
    return """
      <p>The smallest gain that would have been detected with 80 % power: from \
      <b>\(Numbers.fixed(best.1))</b> (\(best.0)) to <b>\(Numbers.fixed(worst.1))</b> \
      (\(worst.0)), over replicates and on these patients.</p>

      """
  }
}
