import LinearAlgebra

extension Cohort {
  /// Largest magnitude of a measurement: its square, and sums of such squares, are finite.
  package static let largestMagnitude = 1e150

  /// The cohort with warnings of what was probably not meant: labels that are numbers, near-equal or
  /// missing-like class names, numbers that count as categories, numbers that mean a missing value.
  ///
  /// - Parameter refusesNumbers: whether a label of numbers that cannot be classes is an error; else
  ///   it is a warning.
  /// - Throws: `numericLabel`; `infiniteValue` for a value beyond ±1e150, with its column.
  func examined(refusesNumbers: Bool) throws(CohortError) -> Cohort {
    try table.checkMagnitudes()
    var doubts = [CohortNotice]()
    if let outcome = nominalOutcome {
      let texts = outcome.labelledRows.map { outcome.classes[outcome.labels[$0]] }
      if let numeric = NumericLabel(column: outcome.column, texts: texts) {
        if refusesNumbers, numeric.isHopeless { throw numeric.error }
        doubts.append(numeric.warning)
      }
      doubts += ClassNameDoubts(outcome: outcome).notices
    }
    doubts += table.covariates.compactMap { CovariateDoubts(covariate: $0).notice }
    doubts += table.modalities.flatMap { SentinelNumbers.notices($0) }
    doubts += table.covariates.flatMap { SentinelNumbers.notices($0) }
    return Cohort(
      name: name, table: table, outcome: outcome, groups: groups, details: details,
      notices: notices + doubts, joins: joins, sideColumns: sideColumns,
      transforms: transforms)
  }
}

extension PatientTable {
  /// Refuses a measurement or covariate beyond ±1e150: its variance, and whatever else is computed of
  /// its square, would be infinite.
  ///
  /// - Throws: `infiniteValue` with patient and column.
  func checkMagnitudes() throws(CohortError) {
    func isWild(_ value: Double) -> Bool { abs(value) > Cohort.largestMagnitude }
    func refused(
      _ value: Double, row: Int, column: String, modality: String?
    ) -> CohortError {
      CohortError(
        .infiniteValue, columnName: column, patient: patients[row], modality: modality,
        found: "\(value)", expected: "a number within ±1e150, or a missing cell",
        remedy: "leave the cell empty if the value is missing, or write the column in another unit")
    }
    for modality in modalities {
      guard let index = modality.values.values.firstIndex(where: isWild) else { continue }
      let (row, column) = index.quotientAndRemainder(dividingBy: modality.featureCount)
      throw refused(
        modality.values.values[index], row: row, column: modality.featureNames[column],
        modality: modality.name)
    }
    for covariate in covariates {
      guard case .numeric(let numbers) = covariate.values,
        let row = numbers.firstIndex(where: isWild)
      else { continue }
      throw refused(numbers[row], row: row, column: covariate.name, modality: nil)
    }
  }
}
