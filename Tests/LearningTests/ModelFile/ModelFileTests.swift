import Cohort
import Foundation
import LinearAlgebra
import Testing
import _TestSupport

@testable import Learning

/// A file of its own for one test.
struct ScratchFile {
  let url = FileManager.default.temporaryDirectory.appending(path: "equipoise-\(UUID())")
  var path: String { url.path(percentEncoded: false) }

  func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: url) }
  func bytes() throws -> [UInt8] { Array(try Data(contentsOf: url)) }
  func remove() { try? FileManager.default.removeItem(at: url) }
}

/// A small archive of two sections.
func smallArchive() -> ArchiveWriter {
  var writer = ArchiveWriter()
  writer.scoped("first") { part in
    part.write("matrix", Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, .nan, 6]))
    part.write("names", texts: ["a", "\"b\\", "é\n"])
  }
  writer.scoped("second") { part in
    part.write("vector", [0.1, -0.0, Double.leastNonzeroMagnitude])
    part.scoped("deeper") { $0.write("again", [0.1, -0.0, Double.leastNonzeroMagnitude]) }
  }
  return writer
}

@Suite struct ModelFileTests {
  private func file(_ edit: (inout [UInt8]) -> Void = { _ in }) throws -> ScratchFile {
    let file = ScratchFile()
    try ModelFileWriter.write(smallArchive(), remarks: ["model": "{}"], to: file.path)
    var bytes = try file.bytes()
    edit(&bytes)
    try file.write(bytes)
    return file
  }

  /// A file of that header text, sealed anew, and so many bytes of tensors.
  private func file(header: String, dataSize: Int) throws -> ScratchFile {
    let zeros = String(repeating: "0", count: 64)
    let field = #""checksum":"\#(zeros)""#
    let digest = SHA256.hexadecimal(of: Array(header.utf8))
    let sealed = header.replacingOccurrences(of: field, with: #""checksum":"\#(digest)""#)
    let file = ScratchFile()
    let length = withUnsafeBytes(of: UInt64(sealed.utf8.count).littleEndian) { Array($0) }
    try file.write(
      length + Array(sealed.utf8) + [UInt8](repeating: 0, count: dataSize))
    return file
  }

  /// A header with one tensor, everything else sound.
  private func header(
    _ tensor: String, version: String = "1", metadata: String = "",
    format: String = "equipoise-model"
  ) -> String {
    let zeros = String(repeating: "0", count: 64)
    return #"{"__metadata__":{"aliases":"{}","checksum":"\#(zeros)","format":"\#(format)","#
      + #""format_version":"\#(version)","sections":"{}","texts":"{}"\#(metadata)},\#(tensor)}"#
  }

  private func expect(
    _ code: ArchiveError.Code, _ file: ScratchFile,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    defer { file.remove() }
    do throws(ArchiveError) {
      let reader = try ModelFileReader(path: file.path)
      for name in ["first/matrix", "second/vector"] { _ = try reader.tensor(name) }
      Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch {
      #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    }
  }

  @Test func readsWhatWasWritten() throws {
    let file = try file()
    defer { file.remove() }
    let source = try ModelFileReader(path: file.path)
    #expect(source.remarks == ["model": "{}"])
    let reader = ArchiveReader(source)
    let matrix = try reader.scoped("first").matrix("matrix", allowsMissing: true)
    let expected = [1, 2, 3, 4, Double.nan, 6]
    #expect(matrix.values.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(try reader.scoped("first").texts("names") == ["a", "\"b\\", "é\n"])
    let vector = try reader.scoped("second").scoped("deeper").vector("again")
    #expect(
      vector.map(\.bitPattern) == [0.1, -0.0, Double.leastNonzeroMagnitude].map(\.bitPattern))
    #expect(try source.tensor("third/none") == nil)
  }

  @Test func layoutIsThatOfSafetensors() throws {
    let file = try file()
    defer { file.remove() }
    let bytes = try file.bytes()
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    #expect(length % 8 == 0 && bytes[2..<8].allSatisfy { $0 == 0 })
    #expect(bytes.count == 8 + length + 8 * 9)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(bytes[8..<(8 + length)])) as? [String: Any])
    #expect(object.keys.sorted() == ["__metadata__", "first/matrix", "second/vector"])
    let matrix = try #require(object["first/matrix"] as? [String: Any])
    #expect(matrix["dtype"] as? String == "F64")
    #expect(matrix["shape"] as? [Int] == [2, 3])
    #expect(matrix["data_offsets"] as? [Int] == [0, 48])
    #expect(Array(bytes[(8 + length)...].prefix(8)) == LittleEndianDoubles.bytes(of: [1]))
  }

  @Test func isWrittenWholeOrNotAtAll() throws {
    let folder = ScratchFile()
    try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
    defer { folder.remove() }
    let path = folder.path + "/model.safetensors"
    try ModelFileWriter.write(smallArchive(), remarks: [:], to: path)
    let first = try Data(contentsOf: URL(filePath: path))
    try ModelFileWriter.write(smallArchive(), remarks: [:], to: path)
    #expect(try Data(contentsOf: URL(filePath: path)) == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    #expect(throws: ArchiveError.self) {
      try ModelFileWriter.write(smallArchive(), remarks: [:], to: folder.path + "/none/m")
    }
  }

  @Test func missingAndForeignFilesAreTold() throws {
    let missing = ArchiveError(
      .missingFile, at: "/none/m", found: "No such file or directory", expected: "a model file")
    #expect(throws: missing) { try ModelFileReader(path: "/none/m") }
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    do throws(ArchiveError) {
      _ = try ModelFileReader(path: folder)
      Issue.record("a folder is no model")
    } catch { #expect(error.code == .unreadableFile) }
    let empty = ScratchFile()
    try empty.write([])
    expect(.truncated, empty)
    expect(.malformedHeader, try file { $0[8] = UInt8(ascii: "[") })
    let other = ScratchFile()
    let header = Array(#"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  "#.utf8)
    try other.write([UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + [0, 0, 0, 0])
    expect(.foreignFile, other)
  }

  @Test func claimedHeadersAreNotTrusted() throws {
    // 4 GB, 2⁶⁴ - 1 bytes, and one byte more than there are.
    expect(
      .malformedHeader, try file { $0.replaceSubrange(0..<8, with: [0, 0, 0, 0, 1, 0, 0, 0]) })
    expect(
      .malformedHeader, try file { $0.replaceSubrange(0..<8, with: repeatElement(255, count: 8)) })
    let size = UInt64(try file().bytes().count - 7)
    expect(
      .truncated,
      try file { $0.replaceSubrange(0..<8, with: withUnsafeBytes(of: size) { Array($0) }) })
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try file()
    defer { whole.remove() }
    let bytes = try whole.bytes()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      let cut = ScratchFile()
      try cut.write(Array(bytes[..<count]))
      #expect(throws: ArchiveError.self, "\(count) bytes") { try Self.readAll(cut) }
      cut.remove()
    }
    expect(.malformedHeader, try file { $0 += [0, 0, 0, 0, 0, 0, 0, 0] })
  }

  @Test func everyAlteredByteIsRefused() throws {
    let whole = try file()
    defer { whole.remove() }
    let bytes = try whole.bytes()
    let scratch = ScratchFile()
    defer { scratch.remove() }
    for index in bytes.indices {
      var altered = bytes
      altered[index] ^= 1 << UInt8(index % 8)
      try scratch.write(altered)
      #expect(throws: ArchiveError.self, "byte \(index)") { try Self.readAll(scratch) }
    }
  }

  private static func readAll(_ file: ScratchFile) throws {
    let reader = try ModelFileReader(path: file.path)
    for name in ["first/matrix", "second/vector"] { _ = try reader.tensor(name) }
  }

  @Test func aLaterVersionIsRefused() throws {
    let tensor = #""first/matrix":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}"#
    expect(.futureVersion, try file(header: header(tensor, version: "2"), dataSize: 8))
    expect(.malformedHeader, try file(header: header(tensor, version: "0"), dataSize: 8))
    expect(.malformedHeader, try file(header: header(tensor, version: "one"), dataSize: 8))
    expect(.foreignFile, try file(header: header(tensor, format: "other"), dataSize: 8))
    // Sound but for a digest that is not there.
    expect(.damaged, try file(header: header(tensor), dataSize: 8))
  }

  @Test(arguments: [
    #"{"dtype":"F64","shape":[1],"data_offsets":[-8,0]}"#,
    #"{"dtype":"F64","shape":[1],"data_offsets":[8,0]}"#,
    #"{"dtype":"F64","shape":[1],"data_offsets":[0,16]}"#,
    #"{"dtype":"F64","shape":[2],"data_offsets":[0,8]}"#,
    #"{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}"#,
    #"{"dtype":"F64","shape":[-1,-1],"data_offsets":[0,8]}"#,
    #"{"dtype":"F64","shape":[9223372036854775807,2],"data_offsets":[0,8]}"#,
    #"{"dtype":"F64","shape":[4611686018427387904,4],"data_offsets":[0,8]}"#,
    #"{"dtype":"F64","shape":[1],"data_offsets":[9223372036854775800,9223372036854775807]}"#,
    #"{"dtype":"F64","shape":[1],"data_offsets":[0,18446744073709551616]}"#,
    #"{"dtype":"F64","shape":[1],"data_offsets":[0.5,8]}"#,
    #"{"dtype":"F64","shape":[],"data_offsets":[0,8]}"#,
    #"{"dtype":"F64","shape":[1,1,1],"data_offsets":[0,8]}"#,
    #"{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#,
    #"{"dtype":"F64","shape":[1]}"#, #"[]"#, #"null"#,
  ])
  func offsetsAndShapesAreNotTrusted(entry: String) throws {
    expect(.malformedHeader, try file(header: header("\"first/matrix\":\(entry)"), dataSize: 8))
  }

  @Test func tensorsLieWithoutGapOrOverlap() throws {
    func two(_ first: String, _ second: String) -> String {
      header(
        #""first/matrix":{"dtype":"F64","shape":[1],"data_offsets":\#(first)},"#
          + #""second/vector":{"dtype":"F64","shape":[1],"data_offsets":\#(second)}"#)
    }
    expect(.malformedHeader, try file(header: two("[0,8]", "[16,24]"), dataSize: 24))
    expect(.malformedHeader, try file(header: two("[0,8]", "[0,8]"), dataSize: 8))
    expect(.malformedHeader, try file(header: two("[8,16]", "[16,24]"), dataSize: 24))
    expect(.malformedHeader, try file(header: two("[0,8]", "[8,16]"), dataSize: 24))
  }

  @Test func pythonReadsTheSameNumbers() throws {
    let file = try file()
    defer { file.remove() }
    let script = """
      import sys
      try:
          from safetensors import safe_open
      except ImportError:
          sys.exit(77)
      with safe_open(sys.argv[1], framework="numpy") as f:
          print(f.metadata()["format"], sorted(f.keys()))
          print([v.hex() for v in f.get_tensor("second/vector")])
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let python = ProcessInfo.processInfo.environment["EQUIPOISE_PYTHON"] ?? "python3"
    process.arguments = [python, "-c", script, file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      #expect(process.terminationStatus == 77 || process.terminationStatus == 127)
      print("skipped: no Python with safetensors (EQUIPOISE_PYTHON may name one)")
      return
    }
    #expect(
      output == """
        equipoise-model ['first/matrix', 'second/vector']
        ['0x1.999999999999ap-4', '-0x0.0p+0', '0x0.0000000000001p-1022']

        """)
  }
}
