import Evaluation

/// The model’s card, in short.
struct ExplainedModelSection: ReportSection {
  let id = "model"
  let title = "Model"

  func body(_ input: ExplanationReportInput) -> Markup? {
    let model = input.summary.model
    let classes = zip(model.classes, model.classCounts).map { "\($0) \($1)" }
    return Markup.facts([
      ("Tells", "\(model.label): \(Numbers.list(classes))"),
      ("Trained on", "\(model.cohort), \(model.classCounts.reduce(0, +)) labelled patients"),
      ("Assays", "\(Numbers.list(model.modalities))"),
      (
        "How well, in training",
        "macro-F1 \(Numbers.fixed(model.macroF1)), accuracy \(Numbers.fixed(model.accuracy)), "
          + "by fits that had not seen the patient"
      ),
      ("Method", "\(model.method)"), ("Licence of the data", "\(model.license ?? "not stated")"),
    ])
  }
}

/// What the model says on the whole, in words.
struct ExplainedAnswerSection: ReportSection {
  let id = "answer"
  let title = "Answer"

  func body(_ input: ExplanationReportInput) -> Markup? {
    let summary = input.summary
    var sentences = [Markup]()
    let counts = summary.model.classes.compactMap { name -> String? in
      let count = summary.patients.count { $0.predicted == name && $0.status != "insufficient" }
      return count > 0 ? "\(count) as \(name)" : nil
    }
    if !counts.isEmpty { sentences.append("Predicted: \(Numbers.list(counts)).") }
    let open = summary.patients.count { $0.status == "abstained" }
    if open > 0 {
      sentences.append(
        "In \(Numbers.count(open, "patient")) no class is ruled out.")
    }
    let atypical = summary.patients.count { $0.status == "atypical" }
    if atypical > 0 {
      sentences.append(
        "In \(Numbers.count(atypical, "patient")) every class is ruled out: they are like none of "
          + "the training.")
    }
    let empty = summary.patients.count { $0.status == "insufficient" }
    if empty > 0 {
      sentences.append(
        "\(Numbers.count(empty, "patient")) had nothing that the model looks at.")
    }
    if let first = summary.modalities.max(by: { $0.value < $1.value }), first.value > 0 {
      sentences.append(
        "What moved probabilities most was \(first.modality): by \(Numbers.fixed(first.value, 2)) on average."
      )
    }
    return Markup.list(sentences)
  }
}

/// What speaks against trusting it.
struct ExplainedTrustSection: ReportSection {
  let id = "trust"
  let title = "Trust"

  func body(_ input: ExplanationReportInput) -> Markup? {
    let warnings = input.summary.warnings
    guard !warnings.isEmpty else {
      return "<p>Values lie as in training, and all features of the model were found.</p>\n"
    }
    return Markup.list(warnings.map { "\($0)" })
  }
}

/// What it may be used for.
struct ExplainedUseSection: ReportSection {
  let id = "use"
  let title = "Use"

  func body(_ input: ExplanationReportInput) -> Markup? {
    """
    <p><b>Research only</b>, not for the diagnosis or treatment of a patient. An explanation tells \
    what moved the model, not what moved the disease: it speaks of association, never of cause, and \
    a wrong answer is explained as smoothly as a right one.</p>

    """
  }
}
