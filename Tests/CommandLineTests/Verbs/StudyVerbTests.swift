import Foundation
import Testing

@Suite struct StudyVerbTests {
  private let methods = "majority,logistic:mrna,logistic-balanced:concat,logistic-balanced:late"

  private func study(_ cohort: CohortFolder, _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(
      [
        "study", cohort.path, "--methods", methods, "--folds", "3", "--repeats", "2", "--out",
        cohort.out,
      ] + more, in: cohort.parent)
  }

  private let written = [
    "folds.csv", "predictions.csv", "report.html", "results.csv", "run.json", "summary.json",
    "timings.csv",
  ]

  @Test func writesAllFilesAndATable() throws {
    let cohort = try CohortFolder()
    let outcome = try study(cohort)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(cohort.outputNames == written)
    #expect(outcome.output.contains("logistic-balanced:concat"))
    #expect(outcome.output.contains("report.html"))
    let results = try cohort.output("results.csv").split(separator: "\n")
    #expect(results.first == "method,repeat,fold,n_train,n_test,metric,value")
    #expect(results.count == 1 + 4 * 6 * 9)
    #expect(results[1].hasPrefix("majority,0,0,16,8,macro_f1,"))
    let predictions = try cohort.output("predictions.csv").split(separator: "\n")
    #expect(predictions.first == "sample,method,repeat,fold,truth,predicted,p_no,p_yes")
    #expect(predictions.count == 1 + 4 * 2 * 24)
    #expect(try cohort.output("folds.csv").split(separator: "\n").count == 1 + 2 * 24)
  }

  @Test func equalRunsDifferInRunAndTimingsAlone() throws {
    let (a, b) = (try CohortFolder(), try CohortFolder())
    #expect(try study(a, ["--threads", "1", "--quiet"]).code == 0)
    #expect(try study(b, ["--threads", "2", "--quiet"]).code == 0)
    for name in written where name != "run.json" && name != "timings.csv" {
      #expect(try a.output(name) == b.output(name), "\(name)")
    }
  }

  @Test func killedRunResumesToTheSameBytes() throws {
    let (whole, cut) = (try CohortFolder(), try CohortFolder())
    #expect(try study(whole, ["--quiet"]).code == 0)
    // What SIGKILL leaves: run.json without an end, and a journal torn in its second line.
    #expect(try study(cut, ["--quiet"]).code == 0)
    for name in written where name != "run.json" {
      try FileManager.default.removeItem(atPath: "\(cut.out)/\(name)")
    }
    let path = cut.out + "/run.json"
    var run = try String(contentsOfFile: path, encoding: .utf8)
    let finished = try #require(
      run.range(of: #""finished" : "[^"]*""#, options: .regularExpression))
    run.replaceSubrange(finished, with: #""finished" : null"#)
    try Data(run.utf8).write(to: URL(filePath: path))
    try Data(#"{"result":{"_0":{"probab"#.utf8).write(
      to: URL(filePath: cut.out + "/.tasks.jsonl"))
    let resumed = try study(cut, ["--resume", "--quiet"])
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(cut.outputNames == written)
    for name in written where name != "run.json" && name != "timings.csv" {
      #expect(try whole.output(name) == cut.output(name), "\(name)")
    }
  }

  @Test func finishedRunIsLeftAloneAndAnotherOneRefused() throws {
    let cohort = try CohortFolder()
    #expect(try study(cohort, ["--quiet"]).code == 0)
    let run = try cohort.output("run.json")
    #expect(try study(cohort, ["--resume"]).code == 0)
    #expect(try cohort.output("run.json") == run)
    let other = try study(cohort, ["--resume", "--seed", "2"])
    #expect(other.code == 78)
    #expect(other.errors.contains("seed"))
    #expect(try study(cohort).code == 73)
    #expect(try study(cohort, ["--force", "--seed", "2"]).code == 0)
    #expect(try cohort.output("run.json") != run)
  }

  @Test func jsonPrintsTheSummary() throws {
    let cohort = try CohortFolder()
    let outcome = try study(cohort, ["--json", "--quiet"])
    #expect(outcome.output == (try cohort.output("summary.json")))
    #expect(outcome.errors.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let keys = (object as? [String: Any])?.keys.sorted() ?? []
    for key in [
      "classes", "cohort", "comparisons", "distillation", "format", "methods", "modalities",
      "notes", "outcome", "primary", "transductive",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
  }

  @Test func flagsWinOverTheConfiguration() throws {
    let cohort = try CohortFolder()
    let path = cohort.parent + "/config.yaml"
    let text = """
      methods: [majority, "logistic:cnv"]
      folds: 4
      repeats: 1
      seed: 9
      quiet: true
      out: \(cohort.out)
      preprocessing:
        selection: variance
        keep: 2
      """
    try Data(text.utf8).write(to: URL(filePath: path))
    let outcome = try Program.run(
      ["study", cohort.path, "--config", path, "--folds", "2"], in: cohort.parent)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    let results = try cohort.output("results.csv").split(separator: "\n")
    #expect(results.count == 1 + 2 * 2 * 9)
    let run = try cohort.output("run.json")
    #expect(run.contains(#""selection" : "variance""#))
    #expect(run.contains(#""seed" : 9"#))
  }

  @Test func outputInsideTheCohortFolderIsNotReadAsAModality() throws {
    let cohort = try CohortFolder()
    let inside = cohort.path + "/results"
    for more in [[], ["--force"]] {
      let outcome = try study(cohort, ["--out", inside, "--quiet"] + more)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
  }

  @Test func forceKeepsForeignFilesAndSaysSo() throws {
    let cohort = try CohortFolder()
    #expect(try study(cohort, ["--quiet"]).code == 0)
    try Data("mine".utf8).write(to: URL(filePath: cohort.out + "/notes.txt"))
    let outcome = try study(cohort, ["--force"])
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("notes.txt"))
    #expect(try cohort.output("notes.txt") == "mine")
  }

  @Test func reportIsRebuiltToTheSameBytes() throws {
    let cohort = try CohortFolder()
    #expect(try study(cohort, ["--quiet"]).code == 0)
    let report = try cohort.output("report.html")
    try FileManager.default.removeItem(atPath: cohort.out + "/report.html")
    let outcome = try Program.run(["report", cohort.out], in: cohort.parent)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try cohort.output("report.html") == report)
    let absent = try Program.run(["report", cohort.parent], in: cohort.parent)
    #expect(absent.code == 66)
  }

  @Test func progressIsPlainAwayFromATerminal() throws {
    let cohort = try CohortFolder()
    let outcome = try study(cohort)
    #expect(outcome.errors.contains("of 24 tasks"))
    #expect(!outcome.errors.contains("\u{1B}"))
    #expect(!outcome.errors.contains("\r"))
  }
}
