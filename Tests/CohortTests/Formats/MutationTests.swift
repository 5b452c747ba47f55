import Testing
import _TestSupport

@testable import Cohort

/// Damaged files of every format are read or refused with a code that a user can act on; a trap would
/// end the test process. `scripts/fuzz` does the same for long.
@Suite("Mutants of all formats")
struct MutationTests {
  @Test(arguments: FormatFixture.all)
  func mutantsAreReadOrRefused(fixture: FormatFixture) throws {
    let mutator = Mutator(seed: 16)
    let files = bytesOfFiles(below: FormatFixture.path(fixture.path ?? fixture.name))
      .filter { !$0.value.isEmpty }
    for index in 0..<60 {
      let mutant = mutator.mutant(of: files, index: index, name: fixture.name)
      var request = CohortRequest(
        source: .memory(name: "mutant", files: mutant.files), labels: .ifPresent)
      request.readsMutations = true
      request.maximumUncompressedBytes = 1 << 24
      do {
        let cohort = try readCohort(request).cohort
        for table in cohort.table.modalities {
          let isFinite = table.values.values.allSatisfy { !$0.isInfinite }
          #expect(isFinite, "\(fixture.name) \(index)")
        }
      } catch {
        #expect(
          [64, 65, 66, 78].contains(error.exitCode), "\(fixture.name) \(index): \(error)")
        #expect(error.found != nil || error.expected != nil, "\(fixture.name) \(index): \(error)")
      }
    }
  }

  @Test func mutantsFollowFromSeedAndNumber() {
    let files = ["a": [UInt8](0..<200)]
    let mutator = Mutator(seed: 3)
    let first = mutator.mutant(of: files, index: 5, name: "x")
    #expect(first.files == mutator.mutant(of: files, index: 5, name: "x").files)
    #expect((0..<20).contains { mutator.mutant(of: files, index: $0, name: "x").files != files })
    #expect(Mutator(seed: 4).mutant(of: files, index: 5, name: "x").files != first.files)
  }
}
