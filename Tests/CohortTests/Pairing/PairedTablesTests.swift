import Foundation
import Testing

@testable import Cohort

@Suite struct PairedTablesTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "pair-\(UUID())")

  private func file(_ name: String, _ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url.path(percentEncoded: false)
  }

  /// The error of a pair that cannot be read.
  private func failure(
    x: String, _ counterpart: PairedTables.Counterpart
  ) -> CohortError? {
    do {
      _ = try PairedTables(x: x, with: counterpart)
      return nil
    } catch {
      return error
    }
  }

  @Test func joinsByNameInTheOrderOfTheFirstFile() throws {
    let x = try file("x.csv", "sample,a,b\nP3,3,30\nP1,1,\nP2,2,20\nP9,9,90\n")
    let y = try file("y.tsv", "id\tc\nP1\t0.1\nP2\t0.2\nP3\t0.3\nP4\t0.4\nP5\t0.5\n")
    let pair = try PairedTables(x: x, with: .numbers(path: y))
    #expect(pair.samples == ["P3", "P1", "P2"])
    #expect(pair.x.featureNames == ["a", "b"])
    #expect(pair.x.values.column(0) == [3, 1, 2])
    #expect(pair.x.values[1, 1].isNaN)
    guard case .numbers(let second) = pair.y else { return #expect(Bool(false)) }
    #expect(second.values.values == [0.3, 0.1, 0.2])
    #expect(
      pair.notices == [
        "left out: 1 of 4 samples of \(x), not in \(y) ('P9')",
        "left out: 2 of 5 samples of \(y), not in \(x) ('P4', 'P5')",
      ])
  }

  @Test func samplesInColumnsAreFoundWhereNoRowJoins() throws {
    let x = try file("x.csv", "gene,P1,P2,P3\ng1,1,2,3\ng2,4,5,6\n")
    let labels = try file("labels.csv", "sample,label\nP2,b\nP3,a\nP1,a\n")
    let pair = try PairedTables(x: x, with: .labels(path: labels, column: nil))
    #expect(pair.samples == ["P1", "P2", "P3"])
    #expect(pair.x.featureNames == ["g1", "g2"])
    #expect(pair.x.values.row(1).elementsEqual([2, 5]))
    guard case .labels(let outcome) = pair.y else { return #expect(Bool(false)) }
    #expect(outcome.labels == [0, 1, 0])
    #expect(pair.notices == ["\(x): samples stand in columns"])
  }

  @Test func namesOfFeaturesDoNotMislead() throws {
    // Both files share their genes as well; rows with rows still wins.
    let x = try file("x.csv", "sample,g1,g2,g3\nP1,1,2,3\nP2,4,5,6\n")
    let y = try file("y.csv", "sample,g1,g2,g3\nP2,1,2,3\nP7,4,5,6\n")
    #expect(try PairedTables(x: x, with: .numbers(path: y)).samples == ["P2"])
  }

  @Test func columnOfLabels() throws {
    let x = try file("x.csv", "sample,a\nP1,1\nP2,2\n")
    func column(_ text: String, asked: String? = nil) throws -> String? {
      let labels = try file("l.csv", text)
      guard
        case .labels(let outcome) = try PairedTables(
          x: x, with: .labels(path: labels, column: asked)
        ).y
      else { return nil }
      return outcome.column
    }
    let two = "sample,label,stage\nP1,a,I\nP2,b,\n"
    #expect(try column(two) == "label")
    #expect(try column(two, asked: "stage") == "stage")
    #expect(try column("sample,stage\nP1,I\nP2,II\n") == "stage")
    let labels = try file("l.csv", "sample,stage,grade\nP1,a,I\nP2,b,II\n")
    let unclear = failure(x: x, .labels(path: labels, column: nil))
    #expect(unclear?.code == .unknownColumn)
    #expect(unclear?.exitCode == 64)
    #expect(unclear?.found == "stage, grade")
    let absent = failure(x: x, .labels(path: labels, column: "grad"))
    #expect(absent?.remedy == "did you mean grade?")
  }

  @Test func anyNameAndCompressionIsRead() throws {
    let x = try file("x.dat", "sample;a\nP1;1\nP2;2\n")
    let y = try file("y", "sample a\nP1 1\nP2 2\n")
    #expect(try PairedTables(x: x, with: .numbers(path: y)).samples == ["P1", "P2"])
    // The same bytes as `printf 'sample,a\nP1,1\nP2,2\n' | gzip -n`.
    let bytes: [UInt8] = [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x2b, 0x4e, 0xcc, 0x2d, 0xc8,
      0x49, 0xd5, 0x49, 0xe4, 0x0a, 0x30, 0xd4, 0x31, 0xe4, 0x0a, 0x30, 0xd2, 0x31, 0xe2, 0x02,
      0x00, 0xa0, 0x05, 0xd6, 0x1f, 0x13, 0x00, 0x00, 0x00,
    ]
    for name in ["z.csv.gz", "z.csv"] {
      let path = folder.appending(path: name)
      try Data(bytes).write(to: path)
      let pair = try PairedTables(
        x: path.path(percentEncoded: false), with: .numbers(path: y))
      #expect(pair.samples == ["P1", "P2"])
    }
  }

  @Test func errorsSayWhere() throws {
    let x = try file("x.csv", "sample,a,b\nP1,1,2\nP2,3,4\n")
    let text = try file("t.csv", "sample,a\nP1,1\nP2,high\n")
    let notANumber = failure(x: x, .numbers(path: text))
    #expect(notANumber?.code == .notANumber)
    #expect((notANumber?.line, notANumber?.column) == (3, 2))
    #expect(notANumber?.file == text)
    #expect(notANumber?.remedy?.contains("labels") == true)
    let twice = try file("d.csv", "sample,a\nP1,1\nP1,2\n")
    #expect(failure(x: x, .numbers(path: twice))?.code == .duplicateSample)
    #expect(failure(x: twice, .numbers(path: x))?.code == .duplicateSample)
    let others = try file("o.csv", "sample,a\nQ1,1\nQ2,2\n")
    let apart = failure(x: x, .numbers(path: others))
    #expect(apart?.code == .noOverlap && apart?.exitCode == 65)
    // The shared name of a column is no shared sample.
    #expect(apart?.remedy?.contains("columns are shared") == true)
    let infinite = try file("i.csv", "sample,a\nP1,1\nP2,inf\n")
    #expect(failure(x: x, .numbers(path: infinite))?.code == .infiniteValue)
    let missing = failure(x: x, .numbers(path: folder.path + "/no.csv"))
    #expect(missing?.code == .missingFile && missing?.exitCode == 66)
    #expect(failure(x: x, .numbers(path: folder.path))?.exitCode == 66)
    let empty = try file("e.csv", "")
    #expect(failure(x: x, .numbers(path: empty))?.code == .malformedTable)
    let header = try file("h.csv", "sample,a\n")
    #expect(failure(x: x, .numbers(path: header))?.code == .malformedTable)
    let single = try file("s.csv", "sample\nP1\nP2\n")
    #expect(failure(x: x, .numbers(path: single))?.code == .malformedTable)
  }
}
