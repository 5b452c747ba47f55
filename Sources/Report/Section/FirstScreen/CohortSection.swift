import Evaluation

/// Who was studied: label, patients, classes, assays, groups, and the cohort's hash.
struct CohortSection: ReportSection {
  let id = "cohort"
  let title = "Cohort"

  func body(_ context: ReportContext) -> Markup? {
    let summary = context.summary
    let cohort = summary.cohort
    let classes = zip(summary.classes, cohort.classCounts).map { "\($0) \(Numbers.grouped($1))" }
    let assays = summary.modalities.map { modality in
      let missing = cohort.patients - modality.measuredCount
      let gap = missing > 0 ? ", missing for \(Numbers.grouped(missing))" : ""
      return "\(modality.name) (\(Numbers.count(modality.featureCount, "feature"))\(gap))"
    }
    var pairs: [(name: String, value: Markup)] = [
      (
        "Patients",
        "\(Numbers.grouped(cohort.patients)): \(Numbers.grouped(cohort.labelled)) labelled, \(unlabelled(summary))"
      ),
      (
        "Label",
        "\(summary.outcome.label), \(Numbers.count(summary.classes.count, "class", plural: "classes")): \(classes.joined(separator: ", "))"
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

  private func unlabelled(_ summary: StudySummary) -> String {
    let count = summary.cohort.unlabelled
    guard count > 0 else { return "none unlabelled" }
    let use =
      summary.design.unlabelled == "ignore"
      ? "left out" : "in graph, scaling and distillation where a method can use them"
    return "\(Numbers.grouped(count)) unlabelled (\(use))"
  }
}
