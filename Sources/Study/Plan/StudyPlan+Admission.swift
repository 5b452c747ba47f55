import Cohort

extension StudyPlan {
  /// The outcome of a cohort that can be studied.
  ///
  /// - Throws: `CohortError` for a cohort without two classes of two labelled patients each, or with
  ///   a modality without any value.
  package static func studiedOutcome(of cohort: Cohort) throws -> NominalOutcome {
    try cohort.validateForLearning()
    guard let outcome = cohort.nominalOutcome else { throw CohortError(.noLabelledPatient) }
    // Classes named by the outcome may have no patient, for example after a selection.
    let present = outcome.classes.indices.filter { outcome.classCounts[$0] > 0 }
    if present.count == 1 {
      throw CohortError(
        .oneClass, columnName: outcome.column, found: "only \(outcome.classes[present[0]])")
    }
    return outcome
  }

  /// Every fit must have two classes to train on.
  func checkTrainingClasses() throws(StudyError) {
    for fit in fits {
      let rows = split(fit.settings[0], fit.replicate).labelledRows
      if Set(rows.map { outcome.labels[$0] }).count < 2 {
        throw StudyError(
          .foldWithoutClasses, "a fold leaves fewer than two classes to train on",
          location: "repeat \(fit.replicate.repeatIndex), fold \(fit.replicate.fold)",
          expected: "labelled patients of two classes outside every fold",
          remedy: "use other folds or groups, or leave out the small class with --where")
      }
    }
  }
}
