import CDeflate

/// The members of a zip archive (PKWARE APPNOTE 6.3), read from its central directory: stored or
/// deflated, also zip64, also with data descriptors. Nothing is ever written to disk.
struct ZipArchive: Sendable {
  /// One file in the archive.
  struct Member: Equatable, Sendable {
    /// Name with `/` between folders.
    let name: String
    let isEncrypted: Bool
    /// 0 stored, 8 deflated.
    let method: Int
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    /// Offset of its local header.
    let offset: Int
  }

  /// File name, for messages.
  let file: String
  /// Files in the order of the directory; folders, `__MACOSX` and hidden files left out, and names
  /// that lead out of the archive (`../x`) too.
  let members: [Member]
  private let bytes: [UInt8]

  /// Whether the bytes begin as a zip archive does.
  static func isZip(_ head: [UInt8]) -> Bool { head.starts(with: [0x50, 0x4b, 0x03, 0x04]) }

  /// Reads the directory; O(members).
  ///
  /// - Throws: `damagedArchive` for a truncated or inconsistent archive; `duplicateFile` for two
  ///   members of one name.
  init(_ bytes: [UInt8], file: String) throws(CohortError) {
    self.bytes = bytes
    self.file = file
    var reader = ZipDirectory(bytes: bytes, file: file)
    let all = try reader.members()
    let total = all.reduce(0) { $0 &+ $1.compressedSize }
    guard total <= bytes.count else {
      throw ZipDirectory.damaged(file, "members that overlap")
    }
    members = all.filter(Self.isFile)
    var names = Set<String>()
    for member in members where !names.insert(member.name).inserted {
      throw CohortError(.duplicateFile, file: file, found: CohortError.quoting(member.name))
    }
  }

  private static func isFile(_ member: Member) -> Bool {
    let parts = member.name.split(separator: "/", omittingEmptySubsequences: false)
    return !member.name.hasSuffix("/") && !member.name.isEmpty
      && !parts.contains { $0.isEmpty || $0.hasPrefix(".") || $0 == "__MACOSX" }
  }

  /// The content of a member.
  ///
  /// - Parameter maximumBytes: most bytes (`--max-uncompressed`); nil is as for gzip.
  /// - Throws: `damagedArchive` for damaged or encrypted content and other compressions; `tooLarge`.
  func content(of member: Member, maximumBytes: Int? = nil) throws(CohortError) -> [UInt8] {
    let place = "\(file):\(member.name)"
    guard !member.isEncrypted else {
      throw CohortError(
        .damagedArchive, file: place, found: "an encrypted file",
        expected: "a file without password",
        remedy: "unpack the archive with its password first")
    }
    guard member.method == 0 || member.method == 8 else {
      throw CohortError(
        .damagedArchive, file: place, found: "compression of kind \(member.method)",
        expected: "stored or deflated files", remedy: "unpack the archive first")
    }
    let maximum = maximumBytes ?? Gzip.usualMaximum(compressed: member.compressedSize)
    guard member.size <= maximum else { throw Gzip.tooLarge(place, maximum) }
    guard let data = dataRange(member) else {
      throw ZipDirectory.damaged(place, "content that lies outside the archive")
    }
    let content: [UInt8]
    if member.method == 0 {
      guard member.size == member.compressedSize else {
        throw ZipDirectory.damaged(place, "a stored file of another size than it says")
      }
      content = Array(bytes[data])
    } else {
      content = try inflated(data, size: member.size, place)
    }
    guard checksum(content) == member.checksum else {
      throw ZipDirectory.damaged(place, "content whose checksum does not agree")
    }
    return content
  }

  /// Where a member's data lies, behind its local header; nil outside the archive.
  private func dataRange(_ member: Member) -> Range<Int>? {
    let reader = ZipDirectory(bytes: bytes, file: file)
    guard let mark = reader.number(member.offset, 4), mark == 0x0403_4b50,
      let nameSize = reader.number(member.offset + 26, 2),
      let extraSize = reader.number(member.offset + 28, 2)
    else { return nil }
    let start = member.offset + 30 + nameSize + extraSize
    guard start <= bytes.count, member.compressedSize <= bytes.count - start else { return nil }
    return start..<start + member.compressedSize
  }

  private func inflated(
    _ data: Range<Int>, size: Int, _ place: String
  ) throws(CohortError) -> [UInt8] {
    // Deflate cannot expand by more than 1032, so a size beyond that is a lie.
    guard size <= data.count * 1032 + 1024 else {
      throw ZipDirectory.damaged(place, "a size that its content cannot have")
    }
    guard let decompressor = libdeflate_alloc_decompressor() else {
      throw CohortError(.unreadableFile, file: place, found: "no memory to decompress it")
    }
    defer { libdeflate_free_decompressor(decompressor) }
    var status = LIBDEFLATE_BAD_DATA
    let content = [UInt8](unsafeUninitializedCapacity: size) { target, count in
      bytes.withUnsafeBytes { source in
        var used = 0
        status = libdeflate_deflate_decompress(
          decompressor, source.baseAddress.map { $0 + data.lowerBound }, data.count,
          target.baseAddress, size, &used)
        count = status == LIBDEFLATE_SUCCESS ? used : 0
      }
    }
    guard status == LIBDEFLATE_SUCCESS, content.count == size else {
      throw ZipDirectory.damaged(place, "data that cannot be decompressed")
    }
    return content
  }

  private func checksum(_ content: [UInt8]) -> UInt32 {
    content.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
  }
}
