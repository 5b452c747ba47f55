import Cohort
import Evaluation

extension StudyResults {
  /// What a reader should look at before trusting the numbers.
  func warnings() -> [StudySummary.Warning] {
    var warnings = [StudySummary.Warning.labelDerived(plan.cohort)].compactMap { $0 }
    if plan.options.transductive {
      warnings.append(
        StudySummary.Warning(
          code: "transductive",
          message: "Features of tested patients were in the patient graph."))
    }
    for (name, count) in zip(plan.outcome.classes, plan.outcome.classCounts)
    where count < plan.options.folds {
      warnings.append(
        StudySummary.Warning(
          code: "small-class",
          message: "Class \(name) has only \(count) labelled patients."))
    }
    warnings += plan.warnings
    warnings += StudySummary.Warning.findings(in: plan.cohort)
    return warnings
  }

  /// Checks on the splits as they were used; a check that fails is left out.
  func checks() -> [String] {
    let splits = plan.settings.flatMap { setting in
      plan.replicates(of: setting).map { plan.split(setting, $0) }
    }
    var checks = [String]()
    if plan.settings.contains(where: { !plan.hasDraws($0) && $0.labelledCount == nil }),
      isEveryoneTested
    {
      checks.append("Every labelled patient is tested once in each repeat.")
    }
    let isApart = splits.allSatisfy { split in
      Set(split.labelledRows + split.unlabelledRows).isDisjoint(with: split.testRows)
    }
    if isApart { checks.append("No patient is trained on and tested in the same fold.") }
    if let groups = plan.cohort.groups {
      let groupsApart = splits.allSatisfy { split in
        Set((split.labelledRows + split.unlabelledRows).map { groups[$0] })
          .isDisjoint(with: split.testRows.map { groups[$0] })
      }
      if groupsApart { checks.append("No group of patients spans training and test.") }
    }
    if areDrawsNested {
      checks.append(
        "In each draw, the patients of a smaller number of labels are among those of "
          + "a larger one.")
    }
    return checks
  }

  private var isEveryoneTested: Bool {
    let labelled = plan.outcome.labelledRows
    return plan.folds.assignments.allSatisfy { assignment in
      labelled.allSatisfy { assignment[$0] >= 0 }
    }
  }

  private var areDrawsNested: Bool {
    let sizes = Set(plan.settings.compactMap(\.labelledCount)).sorted()
    guard let draws = plan.draws, sizes.count > 1 else { return false }
    return zip(sizes, sizes.dropFirst()).allSatisfy { smaller, larger in
      draws.replicates(size: smaller).allSatisfy { replicate in
        Set(draws.labelledRows(size: larger, replicate))
          .isSuperset(of: draws.labelledRows(size: smaller, replicate))
      }
    }
  }
}
