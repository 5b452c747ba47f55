import Cohort
import LinearAlgebra
import Study
import Testing

/// What is predicted does not depend on the unit of a measurement, for methods of every family.
@Suite("Predictions in any unit")
struct UnitInvarianceTests {
  private static let methods = [
    "logistic-balanced:alpha", "logistic-balanced:late-learned", "lda:concat", "svm:beta",
    "snf-knn", "joint", "equipoise",
  ]

  private static func probabilities(_ change: (Double) -> Double) throws -> [[[Double]]] {
    let cohort = smallCohort(patientCount: 36)
    let modalities = cohort.table.modalities.map { modality in
      ModalityTable(
        name: modality.name, featureNames: modality.featureNames,
        values: modality.values.mapValues(change))
    }
    let plan = try StudyPlan(
      cohort: Cohort(
        name: "unit",
        table: PatientTable(patients: cohort.table.patients, modalities: modalities),
        outcome: cohort.outcome),
      options: StudyOptions(methods: methods, folds: 2, repeats: 1, innerFolds: 3))
    return try StudyRun(plan: plan).results().results.map(\.probabilities)
  }

  @Test("times 2⁻³⁰ and 2³⁰ to the bit; times 1e-9, times 1e9 and plus 1e6 to 1e-6")
  func units() throws {
    let plain = try Self.probabilities { $0 }
    #expect(plain.count == 2 * Self.methods.count)
    for unit in [0x1p-30, 0x1p30] {
      #expect(try Self.probabilities { $0 * unit } == plain)
    }
    for change in [{ $0 * 1e-9 }, { $0 * 1e9 }, { $0 + 1e6 }] as [(Double) -> Double] {
      let other = try Self.probabilities(change)
      let differences = zip(plain.joined().joined(), other.joined().joined()).map { abs($0 - $1) }
      #expect(differences.max() ?? 1 < 1e-6)
    }
  }

  @Test("a value whose square is infinite is refused with its column, not met as NaN")
  func wild() throws {
    for value in [1.7e308, -1.7e308] {
      let error = #expect(throws: CohortError.self) {
        try Self.probabilities { $0 > 2 ? value : $0 }
      }
      #expect(error?.code == .infiniteValue && error?.modality == "alpha")
    }
  }
}
