import Cohort
import Evaluation
import LinearAlgebra
import Study
import Testing

@Suite struct StudySummaryTests {
  private func summary(
    _ options: StudyOptions = quickOptions(), cohort: Cohort = smallCohort(), threads: Int = 1
  ) throws -> StudySummary {
    let plan = try StudyPlan(cohort: cohort, options: options, providers: [.forTests])
    return try StudyRun(plan: plan, threads: threads).results()
      .summary(SummaryContext(cohortDigest: "00ff", threads: threads))
  }

  @Test func bytesDoNotDependOnThreads() throws {
    #expect(try summary(threads: 1).json() == summary(threads: 2).json())
  }

  @Test func methodsCarryEveryMetric() throws {
    let summary = try summary()
    #expect(summary.methods.map(\.name) == ["majority", "centroid:alpha", "centroid:beta"])
    for method in summary.methods {
      #expect(method.metrics.keys.sorted() == MetricRegistry.all.map(\.name).sorted())
      let spread = try #require(method.metrics["macro_f1"])
      let mean = try #require(spread.mean)
      #expect(spread.ci95?.contains(mean) == true)
      #expect(method.pooledMacroF1 != nil)
    }
    #expect(summary.cohort.labelled == 27)
    #expect(summary.cohort.unlabelled == 3)
    #expect(summary.cohort.sha256 == "00ff")
    #expect(summary.design.folds == 3)
    #expect(summary.checks.count == 2)
  }

  @Test func noiseTeachesNothingAndSignalDoes() throws {
    let signal = try summary()
    #expect(!signal.methods.learnedNothing && !signal.table().contains("Nothing was learned"))
    var stream = RandomStream(seed: 3)
    var labels = (0..<60).map { $0 % 3 }
    stream.shuffle(&labels)
    let noise = try summary(
      cohort: smallCohort(patientCount: 60, unlabelledCount: 0).with(labels: labels))
    #expect(noise.methods.learnedNothing)
    #expect(
      noise.table().hasSuffix("guessing label, which reaches a macro-F1 of up to 0.333."))
  }

  @Test func intervalsEndWhereTheMetricDoes() throws {
    let labels = (0..<30).map { $0 < 2 ? 2 : $0 % 2 }
    let cohort = smallCohort(unlabelledCount: 0).with(labels: labels)
    for method in try summary(cohort: cohort).methods {
      for metric in MetricRegistry.all {
        guard let ends = method.metrics[metric.name]?.ci95 else { continue }
        #expect(metric.range.contains(ends.lower) && metric.range.contains(ends.upper))
      }
    }
  }

  @Test func comparisonsAreWithTheReference() throws {
    var options = quickOptions()
    options.primary = ["centroid:alpha", "majority"]
    let summary = try summary(options)
    #expect(summary.comparisons.map(\.a) == ["centroid:alpha", "centroid:alpha"])
    #expect(summary.comparisons.map(\.b) == ["majority", "centroid:beta"])
    #expect(summary.comparisons.map(\.primary) == [true, false])
    #expect(summary.primary == StudySummary.Contrast(a: "centroid:alpha", b: "majority"))
    #expect(summary.comparisons.allSatisfy { $0.bootstrapCI95 != nil && !$0.identical })
  }

  @Test func equalPredictionsAreNoDifferenceByConstruction() throws {
    let summary = try summary(quickOptions(methods: ["majority", "equipoise"]))
    let comparison = try #require(summary.comparisons.first)
    #expect(comparison.a == "equipoise")
    #expect(comparison.identical)
    #expect(!comparison.showsDifference)
    #expect(summary.primary == nil)
  }

  @Test func recordsOfFitsAreAveraged() throws {
    let summary = try summary()
    let alpha = try #require(summary.modalities.first)
    #expect(alpha.name == "alpha")
    #expect(alpha.measuredLabelled == 27)
    let trajectory = try #require(alpha.weightTrajectories.first)
    #expect(trajectory.method == "centroid:alpha")
    #expect(trajectory.mean == [1, 1.25])
    #expect(alpha.weightTrajectories.count == 1)
  }

  @Test func groupsAreToldApart() throws {
    let groups = (0..<30).map { "G\($0 % 5)" }
    let summary = try summary(cohort: smallCohort(groups: groups))
    #expect(summary.methods[1].byGroup.map(\.group) == ["G0", "G1", "G2", "G3", "G4"])
    #expect(summary.methods[1].byGroup.map(\.patients).reduce(0, +) == 27)
    #expect(summary.checks.count == 3)
  }

  @Test func transductiveAndSmallClassesAreWarnedOf() throws {
    let labels = (0..<30).map { $0 < 2 ? 2 : $0 % 2 }
    let cohort = smallCohort(unlabelledCount: 0).with(labels: labels)
    let summary = try summary(quickOptions(transductive: true), cohort: cohort)
    #expect(summary.transductive)
    #expect(summary.warnings.map(\.code) == ["transductive", "small-class"])
  }
}
