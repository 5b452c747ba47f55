import Cohort
import Equipoise
import LinearAlgebra
import Testing
import _TestSupport

@Suite struct ValidationTests {
  /// Patients of the training’s kind, under other names; every third in group `far`.
  private func cohort(_ table: PatientTable? = nil, classes: [String]? = nil) -> Cohort {
    let known = SmallModels.cohort
    var stream = RandomStream(seed: 21, name: "others")
    let others = PatientTable(
      patients: known.table.patients.map { "other \($0)" },
      modalities: known.table.modalities.map { modality in
        modality.mapValues { $0 + 0.3 * stream.normal() }
      })
    let outcome = known.nominalOutcome
    return Cohort(
      name: "others", table: table ?? others,
      outcome: .nominal(
        NominalOutcome(
          column: "subtype", classes: classes ?? outcome?.classes ?? [],
          labels: outcome?.labels ?? [])),
      groups: others.patients.indices.map { $0 % 3 == 0 ? "far" : "near" })
  }

  private func model() throws -> Model { try SmallModels.linear.get().model }

  private func code(_ cohort: Cohort) throws -> ModelError.Code? {
    let model = try model()
    return #expect(throws: ModelError.self) { try model.validate(cohort) }?.code
  }

  @Test func figuresAreThoseOfThePredictions() throws {
    let cohort = cohort()
    let (validation, said, truth) = try model().validate(cohort)
    #expect(validation.patientCount == 66 && validation.unlabelledCount == 5)
    #expect(truth.count == 61 && said.patients.count == 61)
    let right = zip(said.predicted, truth).count { $0 == $1 }
    #expect(validation.figures.value("accuracy") == Double(right) / 61)
    let held = zip(said.sets, truth).count { $0.contains($1) }
    #expect(validation.sets.reached == Double(held) / 61)
    #expect(validation.isOverlapChecked && validation.excludedCount == 0)
    #expect(validation.trainingMetrics == (try model().facts.metrics))
    let again = try model().predict(cohort.table.selecting(rows: Array(0..<61)))
    #expect(again.probabilities == said.probabilities)
    #expect(again.csv(truth: truth).hasPrefix("sample,truth,predicted,"))
  }

  @Test func groupsAndPatternsAddUp() throws {
    let validation = try model().validate(cohort()).validation
    let groups = validation.groups.filter { $0.kind == "group" }
    #expect(groups.map(\.name) == ["far", "near"])
    for kind in ["group", "missing"] {
      let parts = validation.groups.filter { $0.kind == kind }
      #expect(parts.reduce(0) { $0 + $1.figures.patientCount } == 61)
      let right = parts.reduce(0.0) {
        $0 + ($1.figures.value("accuracy") ?? 0) * Double($1.figures.patientCount)
      }
      #expect(abs(right / 61 - (validation.figures.value("accuracy") ?? -1)) < 1e-12)
    }
  }

  @Test func patientsOfTheTrainingAreRefused() throws {
    #expect(try code(SmallModels.cohort) == .seenInTraining)
    // Under another name, by any modality that tells them apart.
    let renamed = PatientTable(
      patients: SmallModels.cohort.table.patients.map { "renamed \($0)" },
      modalities: SmallModels.cohort.table.modalities)
    #expect(try code(cohort(renamed)) == .seenInTraining)
    var options = ValidationOptions()
    options.excludesSeen = true
    let two = cohort().table
    let mixed = PatientTable(
      patients: [SmallModels.cohort.table.patients[0]] + two.patients.dropFirst(),
      modalities: two.modalities)
    let validation = try model().validate(cohort(mixed), options: options).validation
    #expect(validation.excludedCount == 1 && validation.figures.patientCount == 60)
  }

  @Test func recalibrationStandsApart() throws {
    // Values twice as large make the model too bold.
    let bold = PatientTable(
      patients: cohort().table.patients,
      modalities: cohort().table.modalities.map { $0.mapValues { 2 * $0 } })
    let validation = try model().validate(cohort(bold)).validation
    let recalibrated = try #require(validation.recalibrated)
    #expect(recalibrated.temperature > 0)
    #expect(
      recalibrated.figures.value("accuracy") == validation.figures.value("accuracy"))
    let few = cohort().table.selecting(rows: Array(0..<12))
    let small = Cohort(
      name: "few", table: few,
      outcome: .nominal(
        NominalOutcome(
          column: "subtype", classes: ["class0", "class1", "class2"],
          labels: few.patients.indices.map { $0 % 3 })))
    #expect(try model().validate(small).validation.recalibrated == nil)
  }

  @Test func unknownClassesAndMissingLabelsAreRefused() throws {
    #expect(try code(cohort(classes: ["class0", "class1", "other"])) == .unknownClass)
    let unlabelled = Cohort(name: "none", table: cohort().table, outcome: nil)
    #expect(try code(unlabelled) == .noLabelledPatient)
    let none = Cohort(
      name: "none", table: cohort().table,
      outcome: .nominal(
        NominalOutcome(
          column: "subtype", classes: ["class0"], labels: [Int](repeating: -1, count: 66))))
    #expect(try code(none) == .noLabelledPatient)
  }
}
