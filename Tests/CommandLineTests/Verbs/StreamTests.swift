import Foundation
import Testing

@Suite struct StreamTests {
  private let study = "$E study c --methods majority --repeats 1 --folds 2 --quiet"

  @Test(arguments: [
    "$E --help", "$E --version", "$E study --help", "$E inspect c", "$E inspect c --json",
    "$E mi --x c/mrna.csv --y c/cnv.csv", "$E audit c --folds 2 --repeats 1 --out a --quiet",
  ])
  func anAnswerThatCannotBeWrittenIs74(command: String) throws {
    let cohort = try CohortFolder()
    for (redirection, cause) in [
      (">&-", "it is closed"), (">/dev/full", "No space left on device"),
    ] {
      let outcome = try shell("rm -rf a; \(command) \(redirection)", cohort)
      #expect(outcome.code == 74)
      #expect(outcome.errors.contains("error[74]: the answer could not be written"))
      #expect(outcome.errors.contains("found: \(cause)"))
    }
  }

  @Test func aPipeThatNobodyReadsIs74() throws {
    let cohort = try CohortFolder()
    // The pipe's reader is gone before the program begins.
    let outcome = try shell(
      "{ sleep 0.2; $E inspect c; echo $? >code; } | true; cat code", cohort)
    #expect(outcome.output == "74\n")
    #expect(outcome.errors.contains("found: Broken pipe"))
  }

  @Test func theFilesAreWholeWhereOnlyTheAnswerIsLost() throws {
    let cohort = try CohortFolder()
    let outcome = try shell("\(study) --out out >&-", cohort)
    #expect(outcome.code == 74)
    #expect(cohort.outputNames.count == 7)
    #expect(try shell("\(study) --out out --resume", cohort).code == 0)
  }

  @Test func closedStandardErrorChangesNothing() throws {
    let cohort = try CohortFolder()
    let whole = try shell("\(study) --out whole", cohort)
    #expect(whole.code == 0)
    for (index, streams) in ["2>&-", "2>/dev/full", "<&- 2>&-"].enumerated() {
      let out = "out\(index)"
      let outcome = try shell(
        "$E study c --methods majority --repeats 1 --folds 2 --out \(out) \(streams)", cohort)
      #expect(outcome.code == 0)
      for name in ["results.csv", "predictions.csv", "summary.json"] {
        let pair = try ["whole", out].map {
          try String(contentsOfFile: "\(cohort.parent)/\($0)/\(name)", encoding: .utf8)
        }
        #expect(pair[0] == pair[1])
      }
      #expect(try shell("$E nonsense \(streams)", cohort).code == 64)
    }
  }

  @Test func noFileTakesTheNumberOfAClosedStream() throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      "$E study c --methods majority --repeats 1 --folds 2 --out out <&- >&- 2>&-", cohort)
    #expect(outcome.code == 74)
    let resumed = try shell("\(study) --out out --resume", cohort)
    #expect(resumed.code == 0)
    #expect(!cohort.outputNames.contains(".tasks.jsonl"))
  }
}
