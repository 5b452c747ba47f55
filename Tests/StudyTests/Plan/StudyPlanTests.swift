import Cohort
import Evaluation
import LinearAlgebra
import Study
import Testing

@Suite struct StudyPlanTests {
  private func plan(_ cohort: Cohort, _ options: StudyOptions = quickOptions()) throws -> StudyPlan
  {
    try StudyPlan(cohort: cohort, options: options, providers: [.forTests])
  }

  @Test func tasksAreMethodsTimesFoldsWithStableIdentifiers() throws {
    let plan = try plan(smallCohort())
    #expect(plan.tasks.count == 3 * 2 * 3)
    #expect(Set(plan.tasks).count == plan.tasks.count)
    #expect(plan.tasks[7].identifier == "repeat=0/fold=1/method=centroid:alpha")
  }

  @Test func inductiveMaterialHoldsNothingOfTheTestPatients() throws {
    let plan = try plan(smallCohort())
    let material = plan.material(1, 2)
    let tested = Set(material.test.patients)
    #expect(!tested.isEmpty)
    #expect(tested.isDisjoint(with: material.training.table.patients))
    #expect(!material.training.isTransductive)
    #expect(material.streams.prefix == "repeat=1/fold=2")
    #expect(material.training.trainingCount + tested.count == 30)
    #expect(material.labelledCount + tested.count == 27)
  }

  @Test func transductiveMaterialEndsWithTestFeatures() throws {
    let plan = try plan(smallCohort(), quickOptions(transductive: true))
    let material = plan.material(0, 0)
    let count = material.training.trainingCount
    #expect(material.training.isTransductive)
    // In order of their names, as all of a view.
    #expect(
      Array(material.training.table.patients.dropFirst(count)) == material.test.patients.sorted())
    #expect(material.training.labels.count == count)
  }

  @Test func unlabelledPatientsTrainUnlessIgnoredAndAreNeverTested() throws {
    let cohort = smallCohort()
    let unlabelled = Set(["P27", "P28", "P29"])
    for (option, trains) in [(UnlabelledUse.use, true), (.ignore, false)] {
      let plan = try plan(cohort, quickOptions(unlabelled: option))
      for fit in plan.fits {
        let material = plan.material(of: fit)
        #expect(unlabelled.isDisjoint(with: material.test.patients))
        #expect(unlabelled.isSubset(of: material.training.table.patients) == trains)
      }
      #expect(plan.notes.contains { $0.contains("3 unlabelled patients") })
    }
  }

  @Test func groupsStayTogetherAndReachTheLearner() throws {
    let groups = (0..<30).map { "G\($0 / 5)" }
    let plan = try plan(smallCohort(groups: groups))
    let material = plan.material(0, 1)
    let testGroups = Set(material.testRows.map { groups[$0] })
    #expect(testGroups.isDisjoint(with: material.training.groups ?? []))
    #expect(material.training.groups?.count == material.training.trainingCount)
  }

  @Test func primaryContrastMustBeStudied() throws {
    var options = quickOptions()
    options.primary = ["centroid:alpha", "majorty"]
    let error = #expect(throws: StudyError.self) { try plan(smallCohort(), options) }
    #expect(error?.code == .badOption)
    #expect(error?.remedy == "did you mean majority?")
    options.primary = ["centroid:alpha", "majority"]
    #expect(try plan(smallCohort(), options).primary == ["centroid:alpha", "majority"])
    #expect(try plan(smallCohort()).primary == nil)
  }

  @Test(arguments: [
    StudyOptions(folds: 1), StudyOptions(repeats: 0), StudyOptions(gate: "maybe"),
    StudyOptions(preprocessing: PreprocessingOptions(keep: 0)), StudyOptions(innerFolds: 1),
    StudyOptions(primary: ["a"]),
  ])
  func optionsOutOfRangeAreRefused(_ options: StudyOptions) {
    #expect(throws: StudyError.self) { try plan(smallCohort(), options) }
  }

  @Test func cohortsThatCannotBeStudiedAreRefused() throws {
    let cohort = smallCohort(unlabelledCount: 0)
    func code(_ cohort: Cohort) -> CohortError.Code? {
      #expect(throws: CohortError.self) { try plan(cohort) }?.code
    }
    let alternating = (0..<30).map { $0 % 2 }
    #expect(code(cohort.with(labels: [Int](repeating: 1, count: 30))) == .oneClass)
    #expect(code(cohort.with(labels: [2] + alternating.dropFirst())) == .singletonClass)
    #expect(code(cohort.with(labels: [Int](repeating: -1, count: 30))) == .noLabelledPatient)
    let empty = ModalityTable(
      name: "void", featureNames: ["x"],
      values: Matrix(rows: 30, columns: 1, repeating: .nan))
    let table = PatientTable(
      patients: cohort.table.patients, modalities: cohort.table.modalities + [empty])
    #expect(
      code(Cohort(name: "void", table: table, outcome: cohort.outcome)) == .emptyModality)
    let oneOutside =
      "sample,repeat,fold\n"
      + (0..<30).map { "P\($0),0,\($0 % 2)\n" }.joined()
    let error = #expect(throws: StudyError.self) {
      try StudyPlan(
        cohort: cohort.with(labels: alternating), options: quickOptions(), foldsCSV: oneOutside,
        providers: [.forTests])
    }
    #expect(error?.code == .foldWithoutClasses)
  }

  @Test func givenFoldsAreUsedAsTheyAre() throws {
    let cohort = smallCohort()
    var csv = "sample,repeat,fold\n"
    for i in 0..<27 { csv += "P\(i),0,\((i / 3) % 2)\n" }
    let plan = try StudyPlan(
      cohort: cohort, options: quickOptions(), foldsCSV: csv, providers: [.forTests])
    #expect(plan.fits.count == 2)
    #expect(plan.material(0, 1).test.patients.first == "P3")
    #expect(throws: EvaluationError.self) {
      try StudyPlan(
        cohort: cohort, options: quickOptions(), foldsCSV: csv + "nobody,0,1\n",
        providers: [.forTests])
    }
  }
}
