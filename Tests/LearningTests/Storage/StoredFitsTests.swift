import Cohort
import LinearAlgebra
import Testing
import _TestSupport

@testable import Learning

@Suite("Fits for missing modalities from an archive")
struct StoredFitsTests {
  private static let cohort = SyntheticCohort(
    patients: 60, classes: 2,
    modalities: [
      .init("a", features: 7, signal: 0.6), .init("b", features: 5, signal: 0.4, missing: 0.2),
      .init("c", features: 4, signal: 0.3),
    ])

  private static func fitted() throws -> FittedEquipoise {
    let learner = try #require(PipelineMethods.learner(named: "equipoise", modalities: []))
    let training = cohort.training(rows: Array(0..<36), unlabelled: Array(36..<44))
    let context = FitContext(
      streams: RandomStreams(seed: 4, prefix: "train/all"), innerFolds: 2)
    return try #require(try learner.fit(training, context) as? FittedEquipoise)
  }

  private static func archived(_ fitted: FittedEquipoise) throws -> ArchiveWriter {
    var writer = ArchiveWriter()
    try fitted.archive(to: &writer, serving: [])
    return writer
  }

  @Test("Any pattern is served to the same bits as by the fit in memory")
  func sameBits() throws {
    let fitted = try Self.fitted()
    let read = try FittedEquipoise(
      from: ArchiveReader(MemoryArchive(try Self.archived(fitted))), classCount: 2)
    let patients = Self.cohort.table.selecting(rows: Array(44..<60))
    for names in [["a", "b", "c"], ["a", "c"], ["b", "c"], ["b"], ["c"], []] {
      let table = patients.selecting(modalities: names)
      let first = try fitted.predict(table).probabilities
      let second = try read.predict(table).probabilities
      #expect(first.values.map(\.bitPattern) == second.values.map(\.bitPattern), "\(names)")
    }
  }

  @Test("Features of training patients are kept once, and no pattern has a fit in the archive")
  func size() throws {
    let archive = try Self.archived(try Self.fitted())
    #expect(archive.aliases["training/features-0"] != nil)
    #expect(!archive.tensors.contains { $0.name.hasPrefix("without-") })
  }

  @Test("A model of two classes is refused as one of another number")
  func refused() throws {
    let writer = try Self.archived(try Self.fitted())
    #expect(throws: ArchiveError.self) {
      _ = try FittedEquipoise(from: ArchiveReader(MemoryArchive(writer)), classCount: 3)
    }
  }
}
