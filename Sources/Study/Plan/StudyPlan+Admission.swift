import Cohort

extension StudyPlan {
  /// The outcome of a cohort that can be studied.
  ///
  /// - Throws: ``StudyError`` `.noLabelledPatients`, `.singleClass`, `.singletonClass`,
  ///   `.emptyModality`.
  package static func studiedOutcome(of cohort: Cohort) throws(StudyError) -> NominalOutcome {
    guard let outcome = cohort.nominalOutcome, !outcome.labelledRows.isEmpty else {
      throw .noLabelledPatients("no label")
    }
    for modality in cohort.table.modalities where !modality.isMeasured.contains(true) {
      throw .emptyModality(modality.name)
    }
    let joined = outcome.labelledRows.contains { row in
      cohort.table.modalities.contains { $0.isMeasured[row] }
    }
    guard joined else {
      throw .noLabelledPatients(
        "\(outcome.labelledRows.count) labelled patients, none of them in a modality")
    }
    let counts = outcome.classCounts
    let present = counts.indices.filter { counts[$0] > 0 }
    guard present.count > 1 else {
      throw .singleClass(outcome.classes[present[0]], column: outcome.column)
    }
    if let single = present.first(where: { counts[$0] == 1 }) {
      throw .singletonClass(outcome.classes[single], column: outcome.column)
    }
    return outcome
  }

  /// Every fold must leave two classes to train on.
  func checkTrainingClasses() throws(StudyError) {
    for (repeatIndex, fold) in foldTasks {
      let rows = folds.trainingRows(
        repeat: repeatIndex, fold: fold, includingUnlabelled: false)
      if Set(rows.map { outcome.labels[$0] }).count < 2 {
        throw StudyError(
          .singleClass, "a fold leaves fewer than two classes to train on",
          location: "repeat \(repeatIndex), fold \(fold)",
          expected: "labelled patients of two classes outside every fold",
          remedy: "use other folds or groups, or leave out the small class with --where")
      }
    }
  }
}
