import Cohort
import Evaluation
import LinearAlgebra
import Study
import Testing

@Suite("What folds are warned of")
struct StudyPlanWarningsTests {
  private func plan(_ cohort: Cohort, folds: String? = nil) throws -> StudyPlan {
    try StudyPlan(
      cohort: cohort, options: quickOptions(), foldsCSV: folds, providers: [.forTests])
  }

  /// A folds file of one repeat; nil leaves a patient out.
  private func file(_ cohort: Cohort, _ fold: (Int) -> Int?) -> String {
    var text = "sample,repeat,fold\n"
    for (row, patient) in cohort.table.patients.enumerated() {
      guard cohort.nominalOutcome?.labels[row] ?? -1 >= 0, let fold = fold(row) else { continue }
      text += "\(patient),0,\(fold)\n"
    }
    return text
  }

  @Test("an ordinary cohort gives none")
  func none() throws {
    #expect(try plan(smallCohort()).warnings.isEmpty)
  }

  @Test("classes that a training part lacks, by name and fold")
  func absentClass() throws {
    let cohort = smallCohort()
    let warnings = try plan(cohort, folds: file(cohort) { $0 % 3 }).warnings
    #expect(warnings.map(\.code) == Array(repeating: "class-absent-from-training", count: 3))
    #expect(warnings[1].message.contains("Class b is absent from the training part of 1 of 3"))
    #expect(warnings[1].message.contains("repeat 0, fold 1"))
    #expect(warnings[1].remedy?.hasSuffix("--where 'label!=b'") == true)
    let one = try plan(cohort, folds: file(cohort) { $0 % 3 == 0 ? 0 : 1 + $0 / 3 % 2 }).warnings
    #expect(one.map(\.code) == ["class-absent-from-training"])
    #expect(one[0].message.contains("Class a"))
  }

  @Test("labelled patients in no fold, counted and named")
  func noFold() throws {
    let cohort = smallCohort()
    let warnings = try plan(
      cohort, folds: file(cohort) { $0 < 20 ? $0 / 3 % 2 : nil }
    ).warnings
    #expect(warnings.map(\.code) == ["patients-in-no-fold"])
    #expect(warnings[0].message.contains("7 of 27 labelled patients are in no fold"))
    #expect(warnings[0].message.contains("P20, P21, P22, …"))
  }

  @Test("a class within one group, by class and group, once")
  func oneGroup() throws {
    let groups = (0..<30).map { $0 % 3 == 2 ? "site9" : "site\($0 % 4)" }
    let warnings = try plan(smallCohort(groups: groups)).warnings
    #expect(warnings.map(\.code) == ["class-in-one-group"])
    #expect(warnings[0].message.contains("class c are in group site9"))
  }

  /// A cohort of which one modality is known of few patients, or varies among few.
  private func cohort(_ change: (Int) -> Double) -> Cohort {
    let cohort = smallCohort()
    var values = cohort.table.modalities[1].values
    for i in 0..<values.rowCount {
      let value = change(i)
      for j in 0..<values.columnCount { values[i, j] = value }
    }
    let beta = ModalityTable(name: "beta", featureNames: ["x", "y", "z"], values: values)
    return Cohort(
      name: "dropped",
      table: PatientTable(
        patients: cohort.table.patients, modalities: [cohort.table.modalities[0], beta]),
      outcome: cohort.outcome)
  }

  @Test("a modality that some folds drop, with the reason and how many")
  func droppedInFolds() throws {
    // Known of one labelled patient, whom a third of the folds test.
    let rare = cohort { $0 == 3 ? 1.5 : .nan }
    #expect(try plan(rare).warnings.isEmpty)
    let constant = cohort { $0 == 3 ? 1.5 : 1 }
    let warnings = try plan(constant).warnings
    #expect(warnings.map(\.code) == ["modality-dropped"] && warnings[0].place == "beta")
    #expect(warnings[0].message.contains("left out of 2 of 6 folds: every feature is constant"))
  }

  @Test("a modality that is dropped wholly is a warning of inspection and summary, once")
  func droppedWholly() throws {
    for (change, reason) in [
      ({ (_: Int) in 3e-7 }, "constant"), ({ (row: Int) in row == 3 ? 1.5 : .nan }, "constant"),
    ] {
      let cohort = cohort(change)
      let inspection = CohortInspection(cohort)
      #expect(inspection.dropped.map(\.modality) == ["beta"])
      #expect(inspection.lines.contains { $0.contains("beta: The modality is left out") })
      let results = try StudyRun(plan: plan(cohort)).results()
      let warnings = try results.summary().warnings.filter { $0.code == "modality-dropped" }
      #expect(warnings.count == 1 && warnings[0].message.contains(reason))
    }
  }
}
