import Boundary
import Cohort
import Foundation
import LinearAlgebra
import Synchronization

/// An open model file: its header is read and checked at once, its sections when a part of them is
/// asked for, each against its digest.
///
/// Nothing in a file is executed, and no size, offset or count in it is trusted.
public final class ModelFileReader: ArchiveSource {
  private let path: String
  private let header: ModelFileHeader
  private let dataStart: Int
  private let sections: [String: Range<Int>]
  private let loaded = Mutex([String: [String: ArchivedTensor]]())

  /// Texts under `__metadata__` beside those of the format.
  public var remarks: [String: String] { header.remarks }

  /// Reads the header of the file at a path.
  ///
  /// - Throws: `ArchiveError` for whatever is wrong with it.
  public init(path: String) throws(ArchiveError) {
    self.path = path
    let size = try Self.size(of: path)
    guard size >= 8 else {
      throw ArchiveError(.truncated, at: path, found: "\(size) bytes", expected: "8 at least")
    }
    let prefix = try Self.bytes(of: path, 0..<8)
    let claimed = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard claimed <= UInt64(ModelFileHeader.longest) else {
      throw ArchiveError(
        .malformedHeader, found: "a header of \(claimed) bytes",
        expected: "\(ModelFileHeader.longest) at most, as in safetensors")
    }
    let length = Int(claimed)
    guard length <= size - 8 else {
      throw ArchiveError(
        .truncated, found: "\(size) bytes", expected: "a header of \(length) bytes")
    }
    dataStart = 8 + length
    header = try ModelFileHeader(
      parsing: try Self.bytes(of: path, 8..<dataStart), dataSize: size - dataStart)
    sections = header.sections
  }

  /// The tensor of that name, itself or by alias.
  public func tensor(_ name: String) throws(ArchiveError) -> ArchivedTensor? {
    let own = header.aliases[name] ?? name
    guard header.entries[own] != nil else { return nil }
    let section = ModelFileHeader.section(of: own)
    let result = loaded.withLock { known -> Result<ArchivedTensor?, ArchiveError> in
      if known[section] == nil {
        do throws(ArchiveError) {
          known[section] = try load(section)
        } catch {
          return .failure(error)
        }
      }
      return .success(known[section]?[own])
    }
    return try result.get()
  }

  /// The texts of that name.
  public func texts(_ name: String) -> [String]? { header.texts[name] }

  /// Whether any part stands below that scope.
  public func hasScope(_ prefix: String) -> Bool {
    header.entries.keys.contains { $0.hasPrefix(prefix) }
      || header.aliases.keys.contains { $0.hasPrefix(prefix) }
      || header.texts.keys.contains { $0.hasPrefix(prefix) }
  }

  /// All tensors of a section, after its digest has been checked.
  private func load(_ section: String) throws(ArchiveError) -> [String: ArchivedTensor] {
    guard let range = sections[section] else { return [:] }
    let bytes = try Self.bytes(
      of: path, (dataStart + range.lowerBound)..<(dataStart + range.upperBound))
    guard header.digests[section] == SHA256.hexadecimal(of: bytes) else {
      throw ArchiveError(.damaged, at: section, found: "other bytes than were written")
    }
    var result: [String: ArchivedTensor] = [:]
    for (name, entry) in header.entries where ModelFileHeader.section(of: name) == section {
      let start = entry.range.lowerBound - range.lowerBound
      result[name] = ArchivedTensor(
        name: name, shape: entry.shape,
        values: LittleEndianDoubles.values(of: bytes[start..<(start + entry.range.count)]))
    }
    return result
  }

  private static func size(of path: String) throws(ArchiveError) -> Int {
    let descriptor = try open(path)
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      throw ArchiveError(.unreadableFile, at: path, found: FileFault.words(errno))
    }
    return Int(facts.st_size)
  }

  /// Opens the file, which must be a regular one: a pipe or device could keep the reader waiting.
  private static func open(_ path: String) throws(ArchiveError) -> Int32 {
    do {
      return try RegularFile.open(path)
    } catch {
      let code: ArchiveError.Code =
        switch error.kind {
        case .missing: .missingFile
        case .notRegular: .foreignFile
        default: .unreadableFile
        }
      throw ArchiveError(code, at: path, found: error.cause, expected: "a model file")
    }
  }

  private static func bytes(
    of path: String, _ range: Range<Int>
  ) throws(ArchiveError) -> [UInt8] {
    let descriptor = try open(path)
    guard let handle = fdopen(descriptor, "rb") else {
      let code = errno
      close(descriptor)
      throw ArchiveError(.unreadableFile, at: path, found: FileFault.words(code))
    }
    defer { fclose(handle) }
    guard fseeko(handle, off_t(range.lowerBound), SEEK_SET) == 0 else {
      throw ArchiveError(.unreadableFile, at: path, found: String(cString: strerror(errno)))
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { target, filled in
      filled = fread(target.baseAddress, 1, range.count, handle)
    }
    guard bytes.count == range.count else {
      throw ArchiveError(
        .truncated, at: path, found: "\(range.lowerBound + bytes.count) bytes",
        expected: "\(range.upperBound) at least")
    }
    return bytes
  }
}
