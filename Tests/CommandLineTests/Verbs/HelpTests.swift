import Foundation
import Testing
import _TestSupport

@Suite struct HelpTests {
  /// Help is compared with files that `EQUIPOISE_RECORD_SNAPSHOTS=1` records again.
  @Test(arguments: [
    "equipoise", "inspect", "study", "robustness", "audit", "fuse", "mi", "train", "predict",
    "validate",
    "explain",
    "report",
    "convert",
  ])
  func helpIsAsRecorded(verb: String) throws {
    let arguments = verb == "equipoise" ? ["--help"] : [verb, "--help"]
    let outcome = try Program.run(arguments)
    #expect(outcome.code == 0)
    let file = repositoryRoot.appending(path: "Tests/CommandLineTests/Snapshots/\(verb).txt")
    if ProcessInfo.processInfo.environment["EQUIPOISE_RECORD_SNAPSHOTS"] != nil {
      try Data(outcome.output.utf8).write(to: file)
    }
    #expect(outcome.output == (try String(contentsOf: file, encoding: .utf8)))
    let examples = outcome.output.split(separator: "\n").count { $0.contains("  equipoise ") }
    #expect(examples >= 2)
  }

  @Test func versionStandsAlone() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.code == 0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
