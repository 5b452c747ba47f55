extension Cohort {
  /// Checks what `study`, `train` and `audit` need: labelled patients with a modality, at least
  /// two classes of at least two labelled patients each, a value in every modality.
  ///
  /// - Throws: `noLabelledPatient`, `emptyModality`, `oneClass` or `singletonClass`; `infiniteValue`
  ///   for a value beyond ±1e150.
  public func validateForLearning() throws(CohortError) {
    try table.checkMagnitudes()
    for modality in table.modalities where !modality.isMeasured.contains(true) {
      throw CohortError(
        .emptyModality, modality: modality.name,
        found: "\(table.patientCount) patients without a value")
    }
    guard let outcome = nominalOutcome else {
      throw CohortError(.noLabelledPatient, found: "no labels")
    }
    let labelled = outcome.labelledRows
    guard labelled.contains(where: { row in table.modalities.contains { $0.isMeasured[row] } })
    else {
      throw CohortError(
        .noLabelledPatient, found: "\(labelled.count) labelled patients, none of them measured")
    }
    guard outcome.classes.count > 1 else {
      throw CohortError(
        .oneClass, columnName: outcome.column,
        found: "only \(CohortError.listing(outcome.classes.map(CohortError.quoting)))")
    }
    for (name, count) in zip(outcome.classes, outcome.classCounts) where count == 1 {
      throw CohortError(
        .singletonClass, columnName: outcome.column,
        found: "one patient of class \(CohortError.quoting(name))",
        remedy: "leave the class out with --where "
          + WhereFilter(column: outcome.column, values: [name], excludes: true).argument
          + ", or merge it with another")
    }
  }
}
