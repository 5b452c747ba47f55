import Cohort
import Study
import Synchronization
import Testing

@Suite struct StudyRunTests {
  private func plan(
    _ cohort: Cohort = smallCohort(), _ options: StudyOptions = quickOptions(),
    folds: String? = nil
  ) throws -> StudyPlan {
    try StudyPlan(cohort: cohort, options: options, foldsCSV: folds, providers: [.forTests])
  }

  private func foldsCSV(_ plan: StudyPlan) -> String {
    plan.folds.csvText(patients: plan.cohort.table.patients)
  }

  @Test func resultsStandInPlanOrderForAnyThreadCount() throws {
    let plan = try plan()
    let one = try StudyRun(plan: plan, threads: 1).results()
    let two = try StudyRun(plan: plan, threads: 2).results()
    #expect(one.results.map(\.task) == plan.tasks)
    #expect(one.results.map(\.probabilities) == two.results.map(\.probabilities))
    #expect(StudyTables(one).predictions() == StudyTables(two).predictions())
    #expect(StudyTables(one).results() == StudyTables(two).results())
  }

  @Test func everyTaskIsReportedOnce() throws {
    let seen = Mutex([Int]())
    let plan = try plan()
    _ = try StudyRun(plan: plan, threads: 2) { progress in
      seen.withLock { $0.append(progress.done) }
    }.results()
    #expect(seen.withLock { $0 } == Array(0...plan.tasks.count))
  }

  @Test func learnersSeeOnlyTrainingPatientsAndTheirFoldsStreams() throws {
    let plan = try plan(smallCohort(), quickOptions(methods: ["witness"]))
    for result in try StudyRun(plan: plan).results().results {
      let task = result.task
      let notes = try #require(result.record?.notes)
      let material = plan.material(task.repeatIndex, task.fold)
      #expect(notes[0] == "repeat=\(task.repeatIndex)/fold=\(task.fold)")
      #expect(notes[1] == material.training.table.patients.joined(separator: " "))
      #expect(notes[3] == "inductive")
    }
  }

  @Test func permutedTestLabelsLeaveTheFoldsPredictionsUnchanged() throws {
    let cohort = smallCohort()
    let first = try plan(cohort)
    let tested = first.folds.testRows(repeat: 0, fold: 0)
    var labels = cohort.nominalOutcome?.labels ?? []
    let rotated = tested.map { labels[$0] }.suffix(2) + tested.map { labels[$0] }.dropLast(2)
    for (row, label) in zip(tested, rotated) { labels[row] = label }
    let second = try plan(cohort.with(labels: labels), quickOptions(), folds: foldsCSV(first))
    #expect(labels != cohort.nominalOutcome?.labels)
    func predictions(_ plan: StudyPlan) throws -> [[[Double]]] {
      try StudyRun(plan: plan).results().results
        .filter { $0.task.repeatIndex == 0 && $0.task.fold == 0 }.map(\.probabilities)
    }
    #expect(try predictions(first) == predictions(second))
  }

  @Test func extraTestPatientsLeaveAPredictionUnchanged() throws {
    let cohort = smallCohort()
    let first = try plan(cohort)
    let extra = cohort.appending(copiesOf: [1, 2, 3])
    var folds = foldsCSV(first)
    for row in [1, 2, 3] { folds += "copy of P\(row),0,0\n" }
    let second = try plan(extra, quickOptions(), folds: folds)
    let (before, after) = (
      try StudyRun(plan: first).results(), try StudyRun(plan: second).results()
    )
    for (a, b) in zip(before.results, after.results)
    where a.task.repeatIndex == 0 && a.task.fold == 0 {
      #expect(b.probabilities.count == a.probabilities.count + 3)
      #expect(Array(b.probabilities.prefix(a.probabilities.count)) == a.probabilities)
    }
  }

  @Test(arguments: [false, true])
  func aFailingMethodIsNamedWithItsFold(returnsNaN: Bool) throws {
    let provider = MethodProvider.fixed([
      FrequencyLearner(), BrokenLearner(returnsNaN: returnsNaN),
    ])
    let plan = try StudyPlan(
      cohort: smallCohort(), options: quickOptions(methods: ["majority", "broken"]),
      providers: [provider])
    for threads in [1, 2] {
      let error = #expect(throws: StudyError.self) {
        try StudyRun(plan: plan, threads: threads).results()
      }
      #expect(error?.code == .learnerFailed)
      #expect(error?.location.hasPrefix("method broken, repeat ") == true)
    }
  }

  @Test func sharedTimeStandsOncePerFold() throws {
    let plan = try plan()
    let results = try StudyRun(plan: plan, threads: 2).results()
    #expect(results.sharedTimes.count == plan.fits.count)
    let lines = StudyTables(results).timings().split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("shared,") } == plan.fits.count)
    #expect(lines.count == 1 + plan.fits.count + plan.tasks.count)
  }
}
