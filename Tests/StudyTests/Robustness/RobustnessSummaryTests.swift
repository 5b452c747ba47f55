import Cohort
import Evaluation
import LinearAlgebra
import Study
import Testing

@Suite struct RobustnessSummaryTests {
  private static func results(
    _ kind: RobustnessKind, _ settings: [String], draws: Int = 5
  ) throws -> StudyResults {
    var options = quickOptions()
    options.robustness = RobustnessOptions(kind: kind, settings: settings, draws: draws)
    options.primary = ["centroid:alpha", "centroid:beta"]
    let plan = try StudyPlan(
      cohort: smallCohort(patientCount: 60), options: options, providers: [.forTests])
    return try StudyRun(plan: plan).results()
  }

  private static let information = Result {
    try results(
      .information, ["full", "noise:alpha=1", "noise:alpha=4", "n=9+replace:alpha", "n=9"])
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let results = try Self.information.get()
    let (one, two) = (
      try results.robustnessSummary(SummaryContext(threads: 1)).json(),
      try results.robustnessSummary(SummaryContext(threads: 2)).json()
    )
    #expect(one == two)
    #expect(try RobustnessSummary(json: one).json() == one)
  }

  @Test func settingsCarryTheirDesign() throws {
    let summary = try Self.information.get().robustnessSummary()
    #expect(summary.format == "equipoise-robustness/1")
    #expect(summary.kind == "information")
    #expect(summary.settings.map(\.replicates) == [.folds, .folds, .folds, .draws, .draws])
    #expect(summary.settings.map(\.replicateCount) == [6, 6, 6, 5, 5])
    #expect(summary.settings[3].trainingCounts == StudySummary.Bounds(9, 9))
    #expect(summary.settings[3].classCounts.reduce(0, +) == 9)
    #expect(summary.design.draws == 5)
    #expect(summary.design.minimumPerClass == 2)
    #expect(summary.design.commonTestPatients == 19)
    #expect(summary.settings.allSatisfy { $0.methods.count == 3 && $0.comparisons.count == 2 })
    #expect(summary.settings.allSatisfy { $0.primaryComparison?.b == "centroid:beta" })
  }

  @Test func drawsAreTestedByTheOrdinaryPairedTest() throws {
    let results = try Self.information.get()
    let summary = try results.robustnessSummary()
    let setting = try #require(summary.setting(named: "n=9"))
    let values = results.bySetting[4].methodPredictions().map {
      $0.values(of: MacroF1(), labels: results.plan.outcome.labels).compactMap { $0 }
    }
    let differences = zip(values[1], values[2]).map { $0 - $1 }
    let test = try #require(PairedTest(differences: differences, design: .independentDraws))
    let comparison = try #require(setting.primaryComparison)
    #expect(comparison.difference == test.difference)
    #expect(comparison.standardError == test.standardError)
    #expect(comparison.p == test.p)
    // All draws predict the same patients: the bootstrap over them stands beside it.
    #expect(comparison.bootstrapCI95 != nil)
  }

  @Test func changesArePairedWithTheCleanSetting() throws {
    let summary = try Self.information.get().robustnessSummary()
    #expect(summary.settings.map { $0.changes.count } == [0, 3, 3, 3, 0])
    let noise = summary.settings[2]
    #expect(noise.changes.map(\.from) == ["full", "full", "full"])
    for (index, change) in noise.changes.enumerated() {
      let (now, before) = (
        noise.methods[index].metrics["macro_f1"]?.mean ?? 0,
        summary.settings[0].methods[index].metrics["macro_f1"]?.mean ?? 0
      )
      #expect(abs((change.difference ?? 1) - (now - before)) < 1e-12)
    }
    // Noise on one modality leaves a method on the other as it is.
    #expect(noise.changes[2].difference == 0)
    #expect(noise.changes[2].bootstrapCI95 == StudySummary.Bounds(0, 0))
    #expect((noise.changes[1].difference ?? 0) < 0)
    #expect(summary.settings[3].changes.first?.from == "n=9")
  }

  @Test func areasAreMeansAlongTheCurve() throws {
    let summary = try Self.information.get().robustnessSummary()
    let curve = try #require(summary.curves.first)
    #expect(summary.curves.count == 1)
    #expect(curve.condition == "noise:alpha")
    #expect(curve.points.map(\.x) == [0, 1, 4])
    let means = summary.settings.prefix(3).map { $0.methods[1].metrics["macro_f1"]?.mean ?? 0 }
    let expected = (1 * (means[0] + means[1]) / 2 + 3 * (means[1] + means[2]) / 2) / 4
    #expect(abs((curve.areas[1].mean ?? 0) - expected) < 1e-12)
    #expect(curve.areas[1].ci95?.contains(expected) == true)
    // The best single modality is the one without noise; `joint` is not among the methods.
    #expect(curve.bestSingle == "centroid:beta")
    #expect(curve.comparisons.map(\.a) == ["majority", "centroid:alpha"])
    #expect(curve.comparisons.allSatisfy { $0.b == "centroid:beta" })
  }

  @Test func oneSplitAloneComparesNothing() throws {
    let summary = try Self.results(.samples, ["n=9", "n=18", "full"]).robustnessSummary()
    let full = summary.settings[2]
    #expect(full.replicateCount == 1)
    #expect(full.comparisons.isEmpty)
    #expect(full.methods[1].metrics["macro_f1"]?.ci95 == nil)
    #expect(full.primaryHolmOverSettings == nil)
    #expect(summary.settings[0].primaryHolmOverSettings != nil)
    #expect(summary.curves.map(\.condition) == ["n"])
    #expect(summary.checks.contains { $0.hasPrefix("In each draw") })
    #expect(!summary.checks.contains { $0.contains("once in each repeat") })
  }

  @Test func contrastIsCorrectedOverSettings() throws {
    let summary = try Self.information.get().robustnessSummary()
    let raw = summary.settings.compactMap { $0.primaryComparison?.p }
    #expect(summary.settings.compactMap(\.primaryHolmOverSettings) == MultipleTesting.holm(raw))
  }
}
