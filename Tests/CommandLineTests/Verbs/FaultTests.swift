import Foundation
import Testing
import _TestSupport

@Suite struct FaultTests {
  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// The short form of `scripts/faults`; the script says what it checks after each fault.
  @Test(.enabled(if: python != nil))
  func aShortRoundOfFaultsLosesNothing() throws {
    let python = try #require(Self.python)
    let script = repositoryRoot.appending(path: "scripts/faults").path(percentEncoded: false)
    let outcome = try Program.run(
      [
        script, "--seconds", "20", "--program", Program.url.path(percentEncoded: false),
      ], program: URL(filePath: python))
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("     0 losses"))
    #expect(outcome.errors.isEmpty)
  }
}
