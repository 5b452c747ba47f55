import Foundation
import Testing

/// `equipoise robustness` from end to end.
@Suite struct RobustnessVerbTests {
  private let methods = "majority,logistic-balanced:mrna,logistic-balanced:late-learned,joint"

  private func robustness(
    _ cohort: CohortFolder, _ more: [String]
  ) throws -> Program.Outcome {
    try Program.run(
      [
        "robustness", cohort.path, "--methods", methods, "--primary",
        "joint,logistic-balanced:late-learned", "--folds", "3", "--repeats", "1", "--out",
        cohort.out,
      ] + more, in: cohort.parent)
  }

  @Test func samplesWriteTheirFiles() throws {
    let cohort = try CohortFolder(patientCount: 30)
    let outcome = try robustness(
      cohort, ["--kind", "samples", "--settings", "n=8,n=12,full", "--draws", "3", "--quiet"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      cohort.outputNames == [
        "folds.csv", "labelled.csv", "predictions.csv", "report.html", "results.csv", "run.json",
        "summary.json", "timings.csv",
      ])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("setting"))
    #expect(lines[1].hasPrefix("n=8 "))
    let results = try cohort.output("results.csv").split(separator: "\n")
    #expect(results.count == 1 + 4 * (3 + 3 + 1) * 9)
    let summary = try cohort.output("summary.json")
    #expect(summary.contains(#""format" : "equipoise-robustness/1""#))
    let report = try cohort.output("report.html")
    #expect(
      report.contains(
        "equipoise robustness cohort --kind samples --settings n=8,n=12,full --draws 3"))
    #expect(report.contains("Macro-F1 by labelled training patients"))
  }

  @Test func bytesAreEqualAtAnyThreadCountAndTheReportIsRebuilt() throws {
    let cohort = try CohortFolder(patientCount: 30)
    let flags = [
      "--kind", "information", "--settings", "full,noise:mrna=2,n=9+replace:cnv", "--draws", "2",
      "--quiet",
    ]
    let names = [
      "folds.csv", "labelled.csv", "predictions.csv", "report.html", "results.csv", "summary.json",
    ]
    #expect(try robustness(cohort, flags + ["--threads", "1"]).code == 0)
    let first = try names.map(cohort.output)
    #expect(try robustness(cohort, flags + ["--threads", "2", "--force"]).code == 0)
    #expect(try names.map(cohort.output) == first)
    try FileManager.default.removeItem(atPath: cohort.out + "/report.html")
    #expect(try Program.run(["report", cohort.out], in: cohort.parent).code == 0)
    #expect(try names.map(cohort.output) == first)
    let resumed = try robustness(cohort, flags + ["--resume"])
    #expect(resumed.code == 0)
    let other = try robustness(
      cohort,
      ["--kind", "information", "--settings", "full", "--draws", "2", "--resume", "--quiet"])
    #expect(other.code == 78)
    #expect(other.errors.contains("robustness.settings"))
  }

  @Test func missingModalitiesComeFromAConfiguration() throws {
    let cohort = try CohortFolder(patientCount: 30)
    let path = cohort.parent + "/config.yaml"
    let text = """
      kind: missing
      settings: [full, "missing:cnv", "class-gaps:mrna=yes"]
      """
    try Data(text.utf8).write(to: URL(filePath: path))
    let outcome = try robustness(cohort, ["--config", path, "--json", "--quiet"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(#""name" : "class-gaps:mrna=yes""#))
    #expect(!cohort.outputNames.contains("labelled.csv"))
  }

  @Test func givenFoldsAndLabelsAreUsed() throws {
    let cohort = try CohortFolder(patientCount: 30)
    let (folds, labelled) = (cohort.parent + "/folds.csv", cohort.parent + "/labelled.csv")
    var text = "sample,repeat,fold\n"
    for i in 0..<30 { text += "P\(i),0,\(i / 2 % 3)\n" }
    try Data(text.utf8).write(to: URL(filePath: folds))
    var draws = "n,repeat,fold,sample\n"
    for fold in 0..<3 {
      let trained = (0..<30).filter { $0 / 2 % 3 != fold }
      for i in trained.prefix(8) { draws += "8,0,\(fold),P\(i)\n" }
    }
    try Data(draws.utf8).write(to: URL(filePath: labelled))
    let flags = ["--kind", "samples", "--folds-file", folds, "--labelled-file", labelled]
    let outcome = try robustness(cohort, flags + ["--quiet"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try cohort.output("labelled.csv") == draws)
    #expect(try cohort.output("results.csv").contains("samples,n=8,majority,0,2,8,10,"))
    try Data((draws + "8,0,0,P0\n").utf8).write(to: URL(filePath: labelled))
    let wrong = try robustness(cohort, flags + ["--force", "--quiet"])
    #expect(wrong.code == 65)
    #expect(wrong.errors.contains("the file of labelled patients does not fit"))
  }

  @Test func usageErrorsCreateNothing() throws {
    let cohort = try CohortFolder()
    for (flags, words) in [
      ([], "no kind of robustness was named"),
      (["--kind", "sample"], "samples"),
      (["--kind", "information", "--settings", "nois:mrna=2"], "did you mean noise?"),
      (["--kind", "missing", "--settings", "missing:mrn"], "did you mean mrna?"),
      (["--kind", "samples", "--settings", "n=1000"], "all but one"),
      (["--kind", "samples", "--draws", "0"], "draws"),
      (["--kind", "samples", "--setting", "n=8"], "--settings"),
    ] as [([String], String)] {
      let outcome = try robustness(cohort, flags + ["--quiet"])
      #expect(outcome.code == 64, "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!cohort.hasOutput)
    }
    let absent = try robustness(cohort, ["--kind", "samples", "--labelled-file", "absent.csv"])
    #expect(absent.code == 66)
    #expect(!cohort.hasOutput)
  }
}
