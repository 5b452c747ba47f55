import Evaluation

/// The answer in words: clinical columns alone, best single assay, all together, and the gain of the
/// contrast declared beforehand.
struct AnswerSection: ReportSection {
  let id = "answer"
  let title = "Answer"

  func body(_ context: ReportContext) -> Markup? {
    let claim = context.summary.primaryComparison.map { Claim($0) }
    guard !context.summary.methods.learnedNothing else { return nothing(context, claim) }
    let headline = claim?.headline ?? "The contrast declared beforehand was not run."
    let items = [
      clinical(context), single(context), together(context), claim.map(primary),
      againstSingle(context),
    ].compactMap { $0 }
    return "<p class=\"lead\">\(headline)</p>\n" + Markup.list(items, style: "answer")
  }

  /// Without anything learned there is no best: the highest scores are told without a name.
  private func nothing(_ context: ReportContext, _ claim: Claim?) -> Markup {
    let summary = context.summary
    let sentence = StudySummary.nothingLearned(
      label: summary.outcome.label, classCount: summary.classes.count)
    let tried = summary.methods.filter { $0.pAboveGuessing != nil }
    let highest = tried.compactMap { $0.metrics["macro_f1"]?.mean }.max()
    let smallest = tried.compactMap(\.pAboveGuessing).min()
    let items: [Markup?] = [
      """
      <b>Highest of \(tried.count) methods:</b> macro-F1 \(Numbers.fixed(highest)), as high as luck may \
      take it (smallest Holm \(Numbers.pClause(smallest)) against guessing).
      """,
      "<b>Differences between methods</b> say nothing where none has learned anything.",
      context.roles.together.map { "<b>All together:</b> \(context.scoreClause($0))." },
      claim.map(primary),
    ]
    return "<p class=\"lead\">\(sentence)</p>\n"
      + Markup.list(items.compactMap { $0 }, style: "answer")
  }

  private func clinical(_ context: ReportContext) -> Markup? {
    if let method = context.roles.clinical {
      return "<b>Clinical columns alone:</b> \(context.scoreClause(method)), with \(method.name)."
    }
    return context.summary.cohort.covariates.isEmpty
      ? "<b>Clinical columns alone:</b> the cohort has none."
      : "<b>Clinical columns alone:</b> not among the methods of this study."
  }

  private func single(_ context: ReportContext) -> Markup {
    let count = context.roles.singleAssay.count
    guard let method = context.roles.bestSingleAssay else {
      return "<b>Best single assay:</b> no method of this study uses one assay alone."
    }
    let choice =
      count > 1
      ? " The highest of \(count) results on single assays, chosen after the fact, so a little flattering."
      : ""
    return
      "<b>Best single assay:</b> \(context.scoreClause(method)), with \(method.name).\(choice)"
  }

  private func together(_ context: ReportContext) -> Markup {
    guard let method = context.roles.together else {
      return "<b>All together:</b> no method of this study joins the assays."
    }
    return "<b>All together:</b> \(context.scoreClause(method)), with \(method.name)."
  }

  private func primary(_ claim: Claim) -> Markup {
    let contrast = "\(claim.comparison.a) over \(claim.comparison.b)"
    let metric = MetricWords.title(claim.comparison.metric)
    var text: Markup = "<b>Gain declared beforehand</b> (\(contrast), \(metric)): "
    text += "\(claim.numbers)"
    if claim.verdict == .notTold { text += ", which \(Claim.null)" }
    text += "."
    if let bootstrap = claim.comparison.bootstrapCI95, claim.verdict != .identical {
      text += " Resampling patients: \(Numbers.signedRange(bootstrap))."
    }
    if let caveat = claim.caveat { text += " \(caveat)" }
    return text
  }

  /// All together against the best single assay, where the study compared them.
  private func againstSingle(_ context: ReportContext) -> Markup? {
    guard let single = context.roles.bestSingleAssay?.name,
      let together = context.roles.together?.name,
      let comparison = context.summary.comparisons.first(where: {
        $0.a == together && $0.b == single && $0.metric == "macro_f1" && !$0.primary
      })
    else { return nil }
    let claim = Claim(comparison)
    let end = claim.verdict == .notTold ? ", which \(Claim.null)" : ""
    return "<b>All together over the best single assay:</b> \(claim.numbers)\(end)."
  }
}
