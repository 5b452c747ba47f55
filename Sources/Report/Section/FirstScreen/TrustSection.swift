import Evaluation

/// What a reader should look at before trusting the numbers, and checks that passed.
struct TrustSection: ReportSection {
  let id = "trust"
  let title = "Trust"

  func body(_ context: ReportContext) -> Markup? {
    TrustSection.content(
      warnings: TrustSection.warnings(context.summary), checks: context.summary.checks)
  }

  /// Warnings, and checks that passed.
  static func content(warnings: [StudySummary.Warning], checks: [String]) -> Markup {
    var content: Markup = ""
    if warnings.isEmpty {
      content += "<p>No warnings.</p>\n"
    } else {
      content += Markup.list(
        warnings.map(sentence), style: "warnings")
    }
    if !checks.isEmpty {
      content += Markup.list(checks.map { "\($0)" }, style: "checks")
    }
    return content
  }

  /// A warning with its place before and its remedy behind, where there are any.
  private static func sentence(_ warning: StudySummary.Warning) -> Markup {
    var sentence: Markup = "<b>Look at this.</b> "
    if let place = warning.place { sentence += "<b>\(place)</b>: " }
    sentence += "\(warning.message)"
    if let remedy = warning.remedy { sentence += " What to do: \(remedy)." }
    return sentence
  }

  /// Warnings of the summary, and those that follow from its other fields.
  static func warnings(_ summary: StudySummary) -> [StudySummary.Warning] {
    var warnings = summary.warnings
    func add(_ code: String, _ message: String) {
      if !warnings.contains(where: { $0.code == code }) {
        warnings.append(StudySummary.Warning(code: code, message: message))
      }
    }
    if summary.transductive {
      add(
        "transductive",
        "Transductive: features of the tested patients, never their labels, were in the patient "
          + "graph. A new patient would not have this help.")
    }
    let sources = summary.cohort.labelDerivedFrom
    if !sources.isEmpty {
      add(
        "label-derived",
        "The label was derived from \(Numbers.list(sources)), which is therefore favoured by "
          + "construction.")
    }
    let rare = zip(summary.classes, summary.cohort.classCounts)
      .filter { $0.1 < summary.design.folds }.map(\.0)
    if !rare.isEmpty {
      add(
        "rare-class",
        "Fewer patients than folds: \(Numbers.list(rare)). Some test folds have none of them.")
    }
    return warnings
  }
}
