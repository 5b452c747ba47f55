import Cohort
import Foundation
import LinearAlgebra

/// The header of a model file: safetensors’ JSON of tensors, with what is ours under `__metadata__`.
///
/// Layout: eight bytes little end first give the length of the header; the header, padded with
/// blanks to a multiple of eight; then the bytes of all tensors without a gap, in the order of their
/// names in the header. Under `__metadata__`: `format`, `format_version`, `texts` and `aliases` (JSON
/// objects as text), `sections` (SHA-256 of the bytes of each section, a section being all tensors
/// whose names begin with the same first part), whatever the caller adds, and `checksum` (SHA-256 of
/// the header as it stands with 64 zeros in that place).
struct ModelFileHeader: Sendable {
  /// What the file calls itself.
  static let format = "equipoise-model"
  /// Version that is written, and the latest that is read.
  static let version = 1
  /// A longer header is refused, as by the safetensors library.
  static let longest = 100_000_000

  /// Where a tensor lies among the bytes of all tensors.
  struct Entry: Sendable, Equatable {
    let shape: [Int]
    let range: Range<Int>
  }

  /// By name.
  var entries: [String: Entry] = [:]
  /// Bytes of all tensors.
  var dataSize = 0
  var texts: [String: [String]] = [:]
  var aliases: [String: String] = [:]
  /// Of each section.
  var digests: [String: String] = [:]
  /// Everything else under `__metadata__`.
  var remarks: [String: String] = [:]

  /// The section that a tensor belongs to.
  static func section(of name: String) -> String {
    String(name.prefix { $0 != "/" })
  }

  /// Where each section lies.
  var sections: [String: Range<Int>] {
    var result: [String: Range<Int>] = [:]
    for (name, entry) in entries {
      let section = Self.section(of: name)
      let known = result[section] ?? entry.range
      result[section] =
        min(
          known.lowerBound, entry.range.lowerBound)..<max(
          known.upperBound, entry.range.upperBound)
    }
    return result
  }
}

// MARK: - Writing

extension ModelFileHeader {
  /// A header for tensors in that order.
  init(_ writer: ArchiveWriter, remarks: [String: String]) {
    var digests: [String: SHA256] = [:]
    for tensor in writer.tensors {
      let size = tensor.values.count * LittleEndianDoubles.width
      entries[tensor.name] = Entry(shape: tensor.shape, range: dataSize..<(dataSize + size))
      dataSize += size
      digests[Self.section(of: tensor.name), default: SHA256()].update(
        LittleEndianDoubles.bytes(of: tensor.values))
    }
    self.digests = digests.mapValues { $0.hexadecimal() }
    texts = writer.texts
    aliases = writer.aliases
    self.remarks = remarks
  }

  /// The header’s bytes, its length before it.
  func bytes() throws -> [UInt8] {
    let zeros = String(repeating: "0", count: 64)
    var text = try text(checksum: zeros)
    while text.utf8.count % 8 != 0 { text += " " }
    let digest = SHA256.hexadecimal(of: Array(text.utf8))
    let sealed = text.replacingOccurrences(
      of: Self.checksumField(zeros), with: Self.checksumField(digest))
    let length = UInt64(sealed.utf8.count).littleEndian
    return withUnsafeBytes(of: length) { Array($0) } + Array(sealed.utf8)
  }

  private static func checksumField(_ value: String) -> String { "\"checksum\":\"\(value)\"" }

  private func text(checksum: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    var metadata = remarks
    metadata["format"] = Self.format
    metadata["format_version"] = "\(Self.version)"
    metadata["texts"] = try json(texts)
    metadata["aliases"] = try json(aliases)
    metadata["sections"] = try json(digests)
    metadata["checksum"] = checksum
    var parts = ["\"__metadata__\":\(try json(metadata))"]
    let ordered = entries.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
        < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
    }
    for (name, entry) in ordered {
      parts.append(
        "\(try json(name)):{\"dtype\":\"F64\",\"shape\":\(try json(entry.shape)),"
          + "\"data_offsets\":[\(entry.range.lowerBound),\(entry.range.upperBound)]}")
    }
    return "{" + parts.joined(separator: ",") + "}"
  }
}

// MARK: - Reading

extension ModelFileHeader {
  /// Reads a header and checks that its tensors fill `dataSize` bytes without gap or overlap.
  ///
  /// - Throws: `ArchiveError` `.malformedHeader`, `.foreignFile`, `.futureVersion`, `.damaged`.
  init(parsing bytes: [UInt8], dataSize: Int) throws(ArchiveError) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      throw ArchiveError(
        .malformedHeader, found: "a header that is no JSON object", expected: "safetensors")
    }
    guard let metadata = object["__metadata__"] as? [String: String],
      metadata["format"] == Self.format
    else {
      throw ArchiveError(
        .foreignFile, found: "safetensors of another kind",
        expected: "a file that `equipoise train` wrote")
    }
    guard let version = metadata["format_version"].flatMap(Int.init), version >= 1 else {
      throw ArchiveError(.malformedHeader, at: "format_version", expected: "a whole number from 1")
    }
    guard version <= Self.version else {
      throw ArchiveError(
        .futureVersion, found: "version \(version)", expected: "version \(Self.version) at most")
    }
    try Self.checkSeal(bytes, metadata["checksum"] ?? "")
    self.dataSize = dataSize
    for (name, value) in object where name != "__metadata__" {
      entries[name] = try Self.entry(name, value, within: dataSize)
    }
    try checkLayout()
    texts = try Self.decoded(metadata, "texts")
    aliases = try Self.decoded(metadata, "aliases")
    digests = try Self.decoded(metadata, "sections")
    remarks = metadata.filter { !Self.ownKeys.contains($0.key) }
    for (name, target) in aliases where entries[target] == nil || entries[name] != nil {
      throw ArchiveError(.malformedHeader, at: name, found: "an alias of \(target)")
    }
  }

  private static let ownKeys: Set = [
    "format", "format_version", "texts", "aliases", "sections", "checksum",
  ]

  /// Compares the header with its checksum.
  private static func checkSeal(_ bytes: [UInt8], _ checksum: String) throws(ArchiveError) {
    let damaged = ArchiveError(.damaged, at: "header", found: "another checksum than it states")
    guard checksum.utf8.count == 64,
      let place = Data(bytes).range(of: Data(checksumField(checksum).utf8))
    else { throw damaged }
    var plain = bytes
    let end = place.upperBound - 1
    for index in (end - 64)..<end { plain[index] = UInt8(ascii: "0") }
    if SHA256.hexadecimal(of: plain) != checksum { throw damaged }
  }

  private static func entry(
    _ name: String, _ value: Any, within dataSize: Int
  ) throws(ArchiveError) -> Entry {
    let malformed = ArchiveError(
      .malformedHeader, at: name, found: "\(value)".prefix(120).description,
      expected: "dtype F64, a shape, and offsets within \(dataSize) bytes that hold it")
    guard let fields = value as? [String: Any], fields["dtype"] as? String == "F64",
      let shape = fields["shape"] as? [Int], (1...2).contains(shape.count),
      let offsets = fields["data_offsets"] as? [Int], offsets.count == 2,
      offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= dataSize
    else { throw malformed }
    var size = LittleEndianDoubles.width
    for extent in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { throw malformed }
      size = product
    }
    guard size == offsets[1] - offsets[0] else { throw malformed }
    return Entry(shape: shape, range: offsets[0]..<offsets[1])
  }

  /// Tensors must follow each other, those of a section together.
  private func checkLayout() throws(ArchiveError) {
    let ordered = entries.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound)
        < ($1.value.range.lowerBound, $1.value.range.upperBound)
    }
    var end = 0
    for (name, entry) in ordered {
      guard entry.range.lowerBound == end else {
        throw ArchiveError(
          .malformedHeader, at: name, found: "offset \(entry.range.lowerBound)",
          expected: "\(end), without gap or overlap")
      }
      end = entry.range.upperBound
    }
    guard end == dataSize else {
      throw ArchiveError(
        end > dataSize ? .truncated : .malformedHeader, found: "\(dataSize) bytes of tensors",
        expected: "\(end)")
    }
  }

  private static func decoded<Value: Decodable>(
    _ metadata: [String: String], _ key: String
  ) throws(ArchiveError) -> [String: Value] {
    guard let text = metadata[key],
      let value = try? JSONDecoder().decode([String: Value].self, from: Data(text.utf8))
    else {
      throw ArchiveError(.malformedHeader, at: key, expected: "a JSON object as text")
    }
    return value
  }
}
