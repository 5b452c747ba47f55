import Cohort
import LinearAlgebra

/// Fits of the method for patients with all modalities, and for those who lack some.
protocol EquipoiseFits: Sendable {
  /// The fit on modalities as they are.
  func whole() throws -> EquipoiseFit
  /// The fit for patients without the modalities at these positions; nil where ``whole()`` serves them.
  func fit(without missing: [Int]) throws -> EquipoiseFit?
  /// The same, not kept afterwards.
  func passingFit(without missing: [Int]) throws -> EquipoiseFit?
  /// Whether patients who lack a modality may have a fit of their own.
  var servesPatterns: Bool { get }
}

/// Fits in memory; those of missing modalities are made when they are asked for.
struct FittedFits: EquipoiseFits {
  let fit: EquipoiseFit
  let patterns: MissingPatterns?

  func whole() -> EquipoiseFit { fit }
  func fit(without missing: [Int]) throws -> EquipoiseFit? { try patterns?.fit(missing) }
  func passingFit(without missing: [Int]) throws -> EquipoiseFit? {
    try patterns?.fitUnshared(missing)
  }
  var servesPatterns: Bool { patterns != nil }
}

/// A fitted variant of the method.
struct FittedEquipoise: FittedLearner {
  let fits: any EquipoiseFits
  /// Modalities in use, as positions of missing ones count them.
  let modalities: [String]
  let prior: [Double]
  let record: FitRecord?

  func predict(_ patients: PatientTable) throws -> Predictions {
    var answer = Matrix(rows: patients.patientCount, columns: prior.count)
    for (missing, rows) in patternsOf(patients) {
      if missing.count == modalities.count {
        for row in rows { answer.setRow(row, prior) }
        continue
      }
      let own = missing.isEmpty ? nil : try fits.fit(without: missing)
      let fit = try own ?? fits.whole()
      let said = fit.answer(patients.selecting(rows: rows))
      for (position, row) in rows.enumerated() { answer.setRow(row, said.row(position)) }
    }
    return Predictions(probabilities: answer)
  }

  /// Positions of missing modalities, with the rows that lack them, in order of first appearance.
  private func patternsOf(_ patients: PatientTable) -> [(missing: [Int], rows: [Int])] {
    let isMeasured = modalities.map { name in
      patients.modalities.first { $0.name == name }?.isMeasured
        ?? [Bool](repeating: false, count: patients.patientCount)
    }
    var result: [(missing: [Int], rows: [Int])] = []
    for row in 0..<patients.patientCount {
      let missing = modalities.indices.filter { !isMeasured[$0][row] }
      if let index = result.firstIndex(where: { $0.missing == missing }) {
        result[index].rows.append(row)
      } else {
        result.append((missing, [row]))
      }
    }
    return result
  }
}
