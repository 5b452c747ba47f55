import Cohort
import Equipoise
import LinearAlgebra
import Testing

@Suite struct ModelInputTests {
  private func model() throws -> Model { try SmallModels.equipoise.get().model }
  private let patients = SmallModels.newcomers

  private func bits(_ table: PatientTable) throws -> [UInt64] {
    try model().predict(table).probabilities.values.map(\.bitPattern)
  }

  @Test func featuresAreFoundByName() throws {
    let columns = [7, 2, 9, 0, 1, 3, 8, 6, 5, 4]
    let shuffled = patients.changing("mrna") { $0.selecting(columns: columns) }
    #expect(try bits(shuffled) == bits(patients))
    #expect(
      try model().predict(shuffled).drift.warnings == model().predict(patients).drift.warnings)
  }

  @Test func modalitiesAreFoundByName() throws {
    let other = PatientTable(
      patients: patients.patients, modalities: patients.modalities.reversed())
    #expect(try bits(other) == bits(patients))
  }

  @Test func extraFeaturesAndModalitiesAreLeftAsideAndReported() throws {
    let wider = patients.changing("cnv") { table in
      ModalityTable(
        name: "cnv", featureNames: ["extra"] + table.featureNames,
        values: Matrix.horizontal([
          Matrix(rows: table.values.rowCount, columns: 1, repeating: 3), table.values,
        ]))
    }
    let named = PatientTable(
      patients: patients.patients,
      modalities: wider.modalities + [
        ModalityTable(
          name: "methylation", featureNames: ["m"],
          values: Matrix(rows: patients.patientCount, columns: 1, repeating: 1))
      ])
    // Who had nothing of the model’s has an extra feature, and still nothing that it looks at.
    let said = try model().predict(named)
    #expect(said.probabilities.values.map(\.bitPattern) == (try bits(patients)))
    #expect(said.drift.modalities[0].extraFeatureCount == 1)
    #expect(said.drift.unknownModalities == ["methylation"])
    #expect(said.drift.warnings.contains { $0.contains("methylation") })
    #expect(said.statuses.last == .insufficient)
  }

  @Test func missingFeaturesCountAsUnmeasuredAndAreReported() throws {
    let kept = Array(2..<10)
    let narrower = patients.changing("mrna") { $0.selecting(columns: kept) }
    let emptied = patients.changing("mrna") { table in
      var values = table.values
      for i in 0..<values.rowCount { (values[i, 0], values[i, 1]) = (.nan, .nan) }
      return ModalityTable(name: "mrna", featureNames: table.featureNames, values: values)
    }
    #expect(try bits(narrower) == bits(emptied))
    let found = try model().predict(narrower).drift.modalities[1]
    #expect(found.missingFeatureCount == 2 && found.foundFeatures == 8)
    #expect(found.missingFeatures == ["f0", "f1"])
    #expect(
      try model().predict(narrower).drift.warnings.contains { $0.contains("2 of the model's") })
  }

  @Test func withoutACommonModalityOrFeatureNothingIsPredicted() throws {
    let model = try model()
    func code(_ table: PatientTable) -> ModelError.Code? {
      #expect(throws: ModelError.self) { try model.predict(table) }?.code
    }
    let renamed = PatientTable(
      patients: patients.patients,
      modalities: patients.modalities.map {
        ModalityTable(name: $0.name + "2", featureNames: $0.featureNames, values: $0.values)
      })
    #expect(code(renamed) == .noCommonModality)
    #expect(code(PatientTable(patients: ["a"], modalities: [])) == .noCommonModality)
    let foreign = patients.changing("rppa") {
      $0.selecting(columns: Array(0..<5), names: (0..<5).map { "probe\($0)" })
    }
    #expect(code(foreign) == .noCommonFeature)
  }

  @Test func otherUnitsAreNoticed() throws {
    let model = try model()
    func suspicious(_ change: @escaping (Double) -> Double) throws -> Bool {
      let table = SmallModels.cohort.table.changing("mrna") { $0.mapValues(change) }
      return try model.predict(table).drift.modalities[1].isSuspicious
    }
    #expect(try !suspicious { $0 })
    #expect(try !suspicious { $0 * 1.1 + 0.1 })
    #expect(try suspicious { $0 * 1000 })
    #expect(try suspicious { $0 / 10 })
    #expect(try suspicious { $0 + 8 })
    #expect(try suspicious { exponential(2 * $0) })
    let warned = try model.predict(
      SmallModels.cohort.table.changing("mrna") { $0.mapValues { $0 * 1000 } })
    #expect(warned.drift.warnings.contains { $0.contains("same unit") })
    // What is said of other modalities stays.
    #expect(warned.drift.modalities.map(\.isSuspicious) == [false, true, false])
  }

  @Test func extremeValuesGiveProbabilities() throws {
    for factor in [1e300, -1e300, 1e-300, 0] {
      let table = patients.changing("mrna") { $0.mapValues { $0 * factor } }
      let said = try model().predict(table).probabilities
      #expect(said.values.allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }
}
