import Foundation
import Testing
import _TestSupport

/// Programs that use the library as anyone would.
@Suite struct ExampleTests {
  @Test func newPatientsArePredictedInUnderFifteenLines() throws {
    let source = try String(
      contentsOf: repositoryRoot.appending(path: "Examples/NewPatients/main.swift"),
      encoding: .utf8)
    let lines = source.split(separator: "\n").filter {
      !$0.hasPrefix("//") && !$0.hasPrefix("import ")
    }
    #expect(lines.count < 15)
    let outcome = try Program.run([], program: Program.built("NewPatients"))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("sample,predicted,p_COC1,p_COC2,p_COC3,set,"))
    #expect(outcome.output.split(separator: "\n").count >= 5)
    #expect(outcome.output.contains("Contribution"))
  }
}
