import Evaluation

/// What the design could have seen: the smallest gain detected with 80 % power.
struct DetectabilitySection: ReportSection {
  let id = "detectable"
  let title = "Could it have been seen?"

  func body(_ context: ReportContext) -> Markup? {
    let summary = context.summary
    let design = summary.design
    let layout =
      "\(Numbers.count(design.folds, "fold")) × \(Numbers.count(design.repeats, "repeat")), "
      + Numbers.count(summary.cohort.labelled, "labelled patient")
    guard let primary = summary.primaryComparison, !primary.identical,
      let smallest = primary.detectable, smallest.isFinite
    else {
      return
        "<p>For this contrast (\(layout)) the smallest gain that would have been detected is not defined.</p>\n"
    }
    let metric = MetricWords.title(primary.metric)
    var text: Markup = """
      <p>This design (\(layout)) would detect a gain of <b>\(Numbers.fixed(smallest))</b> in \
      \(metric) with 80 % power. A smaller one would often go unseen.
      """
    if Claim(primary).verdict == .notTold, let ci95 = primary.ci95 {
      text += " \(room(ci95))"
    }
    return text + "\(rareClass(summary))</p>\n"
  }

  private func room(_ ci95: StudySummary.Bounds) -> String {
    "So a null result does not show that there is no difference: the interval leaves room for "
      + "anything from \(Numbers.signed(ci95.lower)) to \(Numbers.signed(ci95.upper))."
  }

  /// Macro-F1 counts every class alike, so a rare class makes it coarse.
  private func rareClass(_ summary: StudySummary) -> String {
    let counts = summary.cohort.classCounts
    guard let fewest = counts.min(), let index = counts.firstIndex(of: fewest),
      index < summary.classes.count, summary.design.folds > 0
    else { return "" }
    let perFold = Double(fewest) / Double(summary.design.folds)
    guard perFold < 20 else { return "" }
    return " The rarest class, \(summary.classes[index]), has "
      + "\(Numbers.count(fewest, "patient")), about \(Numbers.fixed(perFold, perFold < 3 ? 1 : 0))"
      + " in a test fold, which makes fold values coarse."
  }
}
