import Foundation
import Testing

@testable import Cohort

/// Archives that are damaged, hostile or not what they seem.
@Suite("Zip archives")
struct ZipTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: FormatFixture.folder.appending(path: path)))
  }

  @Test func namesThatLeadOutsideAndHiddenFilesAreLeftOut() throws {
    let archive = try ZipArchive(try bytes("zip-cohort/brca.zip"), file: "brca.zip")
    #expect(
      archive.members.map(\.name).sorted() == ["brca/labels.csv", "brca/mrna.csv", "brca/rppa.csv"])
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try bytes("zip-table/mrna.csv.zip")
    for count in 0..<whole.count {
      #expect(throws: CohortError.self) {
        let archive = try ZipArchive(Array(whole.prefix(count)), file: "mrna.csv.zip")
        for member in archive.members { _ = try archive.content(of: member) }
      }
    }
  }

  /// The archive with some bytes of its directory entry replaced.
  private func changed(_ offset: Int, _ new: [UInt8]) throws -> [UInt8] {
    var whole = try bytes("zip-table/mrna.csv.zip")
    let directory = try #require(
      whole.indices.first { Array(whole[$0...].prefix(4)) == [0x50, 0x4b, 1, 2] })
    whole.replaceSubrange(directory + offset..<directory + offset + new.count, with: new)
    return whole
  }

  private func failure(_ bytes: [UInt8], maximumBytes: Int? = nil) -> CohortError? {
    #expect(throws: CohortError.self) {
      let archive = try ZipArchive(bytes, file: "mrna.csv.zip")
      _ = try archive.content(of: try #require(archive.members.first), maximumBytes: maximumBytes)
    }
  }

  @Test func encryptionOtherCompressionsAndLiesAreRefused() throws {
    let encrypted = failure(try changed(8, [1, 0]))
    #expect(encrypted?.found == "an encrypted file")
    #expect(encrypted?.exitCode == 65)
    #expect(failure(try changed(10, [14, 0]))?.code == .damagedArchive)
    #expect(failure(try changed(16, [0, 0, 0, 0]))?.code == .damagedArchive)
    // A size of 4 GB in a file of a few hundred bytes.
    #expect(failure(try changed(24, [0xfe, 0xff, 0xff, 0xff]))?.code == .tooLarge)
    #expect(
      failure(try changed(24, [0xfe, 0xff, 0xff, 0xff]), maximumBytes: 1 << 40)?.code
        == .damagedArchive)
    #expect(failure(try changed(42, [0xf0, 0xff, 0xff, 0x7f]))?.code == .damagedArchive)
    #expect(failure(try changed(0, [0x50, 0x4b, 1, 2]), maximumBytes: 10)?.code == .tooLarge)
  }

  @Test func archivesOfSeveralFilesAreNamedInAFolder() throws {
    let cohort = try read(
      bytes: [
        "labels.csv": Array("sample,label\nS0,a\nS1,b\nS2,a\n".utf8),
        "rppa.csv": Array("sample,P\nS0,1\nS1,2\nS2,3\n".utf8),
        "mrna.zip": try bytes("zip-cohort/brca.zip"),
      ])
    let notice = try #require(cohort.notices.first { $0.code == "unread-file" })
    #expect(notice.message.contains("more than one file"))
  }
}
