import Evaluation

/// Who a report is about: label, patients, classes, assays, groups, and the cohort's hash.
struct CohortFactsList {
  /// An assay: its name, features, and patients measured.
  typealias Assay = (name: String, featureCount: Int, measuredCount: Int)

  /// The cohort.
  let cohort: StudySummary.CohortFacts
  /// Label column.
  let label: String
  /// Class names.
  let classes: [String]
  /// Assays in cohort order.
  let assays: [Assay]
  /// What becomes of unlabelled patients, in words.
  let unlabelledUse: String

  /// Names with their values.
  var markup: Markup {
    let counts = zip(classes, cohort.classCounts).map { "\($0) \(Numbers.grouped($1))" }
    let measured = assays.map { assay in
      let missing = cohort.patients - assay.measuredCount
      let gap = missing > 0 ? ", missing for \(Numbers.grouped(missing))" : ""
      return "\(assay.name) (\(Numbers.count(assay.featureCount, "feature"))\(gap))"
    }
    let number = Numbers.count(classes.count, "class", plural: "classes")
    var pairs: [(name: String, value: Markup)] = [
      (
        "Patients",
        "\(Numbers.grouped(cohort.patients)): \(Numbers.grouped(cohort.labelled)) labelled, \(unlabelled)"
      ),
      ("Label", "\(label), \(number): \(counts.joined(separator: ", "))"),
      ("Assays", "\(measured.joined(separator: ", "))"),
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

  private var unlabelled: String {
    guard cohort.unlabelled > 0 else { return "none unlabelled" }
    return "\(Numbers.grouped(cohort.unlabelled)) unlabelled (\(unlabelledUse))"
  }
}
