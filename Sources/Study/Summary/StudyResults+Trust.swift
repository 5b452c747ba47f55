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
    warnings += StudySummary.Warning.findings(in: plan.cohort)
    return warnings
  }

  /// Checks on the folds as they were used; a check that fails is left out.
  func checks() -> [String] {
    var checks = [String]()
    let labelled = plan.outcome.labelledRows
    let everyoneTested = plan.folds.assignments.allSatisfy { assignment in
      labelled.allSatisfy { assignment[$0] >= 0 }
    }
    if everyoneTested { checks.append("Every labelled patient is tested once in each repeat.") }
    let isApart = plan.foldTasks.allSatisfy { repeatIndex, fold in
      let trained = Set(plan.folds.trainingRows(repeat: repeatIndex, fold: fold))
      return trained.isDisjoint(with: plan.folds.testRows(repeat: repeatIndex, fold: fold))
    }
    if isApart { checks.append("No patient is trained on and tested in the same fold.") }
    if let groups = plan.cohort.groups {
      let groupsApart = plan.foldTasks.allSatisfy { repeatIndex, fold in
        let trained = Set(
          plan.folds.trainingRows(repeat: repeatIndex, fold: fold).map { groups[$0] })
        return trained.isDisjoint(
          with: plan.folds.testRows(repeat: repeatIndex, fold: fold).map { groups[$0] })
      }
      if groupsApart { checks.append("No group of patients spans training and test.") }
    }
    return checks
  }
}
