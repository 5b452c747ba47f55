import Cohort
import Evaluation
import Foundation
import Study
import Testing

@Suite struct RobustnessRunTests {
  private func plan(
    _ kind: RobustnessKind, _ settings: [String] = [],
    methods: [String] = ["majority", "centroid:alpha", "centroid:beta"]
  ) throws -> StudyPlan {
    var options = quickOptions(methods: methods)
    options.robustness = RobustnessOptions(kind: kind, settings: settings, draws: 3)
    return try StudyPlan(cohort: smallCohort(), options: options, providers: [.forTests])
  }

  private func session(
    _ folder: TemporaryFolder, _ plan: StudyPlan, _ policy: OutputFolder.Policy = .fresh
  ) -> StudySession {
    let manifest = RunManifest(
      verb: "robustness", command: "equipoise robustness small",
      configuration: RunManifest.Configuration(
        cohort: "small", modalities: ["alpha", "beta"], study: plan.options,
        methods: plan.methods, repeats: plan.folds.repeatCount),
      seed: 1, threads: 1, inputs: [])
    return StudySession(
      plan: plan, folder: OutputFolder(path: folder.file("out")), policy: policy,
      manifest: manifest)
  }

  private func run(_ session: StudySession, threads: Int) throws {
    guard case .open(let journal, let contents, _) = try session.begin() else { return }
    try session.finish(journal, contents, threads: threads) { results in
      let summary = try results.robustnessSummary(SummaryContext(threads: threads))
      return [("summary.json", try summary.json())]
    }
  }

  private let reproducible = [
    "folds.csv", "labelled.csv", "predictions.csv", "results.csv", "summary.json",
  ]

  @Test(arguments: [
    ["n=9", "n=15", "n=9+noise:beta=2"], ["full", "n=9+permute:alpha=0.5", "n=9"],
  ])
  func killedRunResumesToTheSameBytes(settings: [String]) throws {
    let (whole, cut) = (try TemporaryFolder(), try TemporaryFolder())
    defer {
      whole.remove()
      cut.remove()
    }
    let plan = try plan(.samples, settings)
    try run(session(whole, plan), threads: 2)
    let opened = session(cut, plan)
    guard case .open(let journal, let contents, _) = try opened.begin() else {
      Issue.record("a fresh folder must be open")
      return
    }
    struct Killed: Error {}
    #expect(throws: Killed.self) {
      try opened.finish(journal, contents, threads: 1) { _ in throw Killed() }
    }
    let path = cut.file("out/.tasks.jsonl")
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.prefix(bytes.count * 2 / 5).write(to: URL(filePath: path))
    try run(session(cut, plan, .resume), threads: 2)
    for name in reproducible {
      #expect(try whole.text("out/\(name)") == cut.text("out/\(name)"), "\(name)")
    }
  }

  @Test func sharedFitsResumeInTheMiddle() throws {
    let plan = try plan(.missing, ["full", "missing:alpha", "missing:beta"])
    let all = try StudyRun(plan: plan).results()
    // Keep one setting of a fit that serves three.
    var contents = TaskJournal.Contents()
    contents.results = all.results.filter { $0.task.setting == "missing:alpha" }
    let again = try StudyRun(plan: plan, threads: 2).results(continuing: contents)
    #expect(again.results.map(\.task) == all.results.map(\.task))
    #expect(again.results.map(\.probabilities) == all.results.map(\.probabilities))
  }

  @Test func everyMethodMeetsTheSamePatients() throws {
    let plan = try plan(
      .samples, ["n=9", "n=12+gaps:beta=0.5"], methods: ["witness", "equipoise"])
    let results = try StudyRun(plan: plan).results().results
    let labels = results.filter { $0.task.method == "witness" }.compactMap { $0.record?.notes[2] }
    #expect(labels.count == 6)
    // Independent draws: no two of a setting are alike.
    #expect(Set(labels.prefix(3)).count == 3)
    for note in labels.prefix(3) {
      #expect(note.split(separator: " ").count { $0 != "-1" } == 9)
    }
  }

  @Test func tablesBeginWithKindAndSetting() throws {
    let plan = try plan(.missing, ["full", "missing:alpha", "n=9"])
    let tables = StudyTables(try StudyRun(plan: plan).results())
    let results = tables.results().split(separator: "\n")
    #expect(results[0] == "kind,setting,method,repeat,fold,n_train,n_test,metric,value")
    #expect(results.count == 1 + 3 * (6 + 6 + 3) * 9)
    #expect(results[1].hasPrefix("missing,full,majority,0,0,18,9,macro_f1,"))
    #expect(results.last?.hasPrefix("missing,n=9,centroid:beta,2,0,9,9,ece,") == true)
    let predictions = tables.predictions().split(separator: "\n")
    #expect(predictions[0].hasPrefix("kind,setting,sample,method,repeat,fold,truth,predicted,p_a"))
    #expect(predictions.count == 1 + 3 * (2 * 27 + 2 * 27 + 3 * 9))
    let folds = tables.folds().split(separator: "\n")
    #expect(folds[0] == "kind,setting,sample,repeat,fold")
    #expect(folds.count == 1 + 2 * 27 + 2 * 27 + 3 * 9)
    // Fits are shared: one line of shared values for both, in the first of them.
    let shared = tables.timings().split(separator: "\n").filter { $0.contains(",shared,") }
    #expect(shared.count == 6 + 3)
    #expect(shared[0].hasPrefix("missing,full,shared,0,0,"))
    let labelled = try #require(tables.labelled()).split(separator: "\n")
    #expect(labelled.count == 1 + 3 * 9)
    #expect(
      StudyTables(try StudyRun(plan: self.plan(.missing, ["full"])).results()).labelled() == nil)
  }

  @Test func aMethodLeftWithoutItsModalityAnswersClassFrequencies() throws {
    var options = quickOptions(methods: ["majority", "gcn:beta"])
    options.robustness = RobustnessOptions(kind: .missing, settings: ["gaps:beta=0.99"])
    let plan = try StudyPlan(cohort: smallCohort(), options: options)
    let results = try StudyRun(plan: plan).results().results
    let (floor, network) = (
      results.filter { $0.task.method == "majority" },
      results.filter { $0.task.method == "gcn:beta" }
    )
    #expect(floor.count == network.count && !floor.isEmpty)
    #expect(floor.map(\.probabilities) == network.map(\.probabilities))
  }

  @Test func aFailingMethodIsNamedWithItsSetting() throws {
    let plan = try StudyPlan(
      cohort: smallCohort(),
      options: {
        var options = quickOptions(methods: ["broken"])
        options.robustness = RobustnessOptions(kind: .information, settings: ["replace:beta"])
        return options
      }(), providers: [.forTests])
    let error = #expect(throws: StudyError.self) { try StudyRun(plan: plan).results() }
    #expect(error?.code == .learnerFailed)
    #expect(error?.location == "method broken, setting replace:beta, repeat 0, fold 0")
  }
}
