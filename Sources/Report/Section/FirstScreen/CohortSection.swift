import Evaluation

/// Who was studied: label, patients, classes, assays, groups, and the cohort's hash.
struct CohortSection: ReportSection {
  let id = "cohort"
  let title = "Cohort"

  func body(_ context: ReportContext) -> Markup? {
    let summary = context.summary
    return CohortSection.facts(
      cohort: summary.cohort, outcome: summary.outcome, classes: summary.classes,
      modalities: summary.modalities, unlabelled: summary.design.unlabelled)
  }

  /// Facts of a cohort; `unlabelled` tells whether patients without a label take part.
  static func facts(
    cohort: StudySummary.CohortFacts, outcome: StudySummary.OutcomeFacts, classes: [String],
    modalities: [StudySummary.Modality], unlabelled: String
  ) -> Markup {
    let counts = zip(classes, cohort.classCounts).map { "\($0) \(Numbers.grouped($1))" }
    let assays = modalities.map { modality in
      let missing = cohort.patients - modality.measuredCount
      let gap = missing > 0 ? ", missing for \(Numbers.grouped(missing))" : ""
      return "\(modality.name) (\(Numbers.count(modality.featureCount, "feature"))\(gap))"
    }
    var pairs: [(name: String, value: Markup)] = [
      (
        "Patients",
        "\(Numbers.grouped(cohort.patients)): \(Numbers.grouped(cohort.labelled)) labelled, \(use(of: cohort.unlabelled, unlabelled))"
      ),
      (
        "Label",
        "\(outcome.label), \(Numbers.count(classes.count, "class", plural: "classes")): \(counts.joined(separator: ", "))"
      ),
      ("Assays", "\(assays.joined(separator: ", "))"),
    ]
    if !cohort.covariates.isEmpty {
      pairs.append(("Clinical", "\(cohort.covariates.joined(separator: ", "))"))
    }
    if let groups = cohort.groups {
      let column = cohort.groupColumn.map { " of \($0)" } ?? ""
      pairs.append(
        (
          "Groups",
          "\(Numbers.grouped(groups))\(column); patients of a group stay together in folds"
        ))
    }
    let origin = [cohort.source, cohort.licence.map { "licence \($0)" }].compactMap { $0 }
    if !origin.isEmpty { pairs.append(("Source", "\(origin.joined(separator: "; "))")) }
    if let hash = cohort.sha256 {
      pairs.append(("SHA-256", "<code class=\"hash\">\(hash)</code>"))
    }
    return Markup.facts(pairs)
  }

  private static func use(of count: Int, _ unlabelled: String) -> String {
    guard count > 0 else { return "none unlabelled" }
    let use =
      unlabelled == "ignore"
      ? "left out" : "in graph, scaling and distillation where a method can use them"
    return "\(Numbers.grouped(count)) unlabelled (\(use))"
  }
}
