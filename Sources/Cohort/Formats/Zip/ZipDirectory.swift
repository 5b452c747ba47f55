/// The central directory of a zip archive.
struct ZipDirectory {
  let bytes: [UInt8]
  let file: String

  /// An error about a damaged archive.
  static func damaged(_ file: String, _ found: String) -> CohortError {
    CohortError(.damagedArchive, file: file, found: found)
  }

  /// A number of at most seven bytes, little-endian; nil outside the archive.
  func number(_ offset: Int, _ size: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count, size <= bytes.count - offset else { return nil }
    return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// A number of eight bytes; nil outside the archive or above what a file can be.
  private func wide(_ offset: Int) -> Int? {
    guard let low = number(offset, 4), let high = number(offset + 4, 4), high < 1 << 24 else {
      return nil
    }
    return high << 32 | low
  }

  /// All members.
  ///
  /// - Throws: `damagedArchive`.
  mutating func members() throws(CohortError) -> [ZipArchive.Member] {
    guard let end = endOfDirectory(), var count = number(end + 10, 2),
      var offset = number(end + 16, 4)
    else { throw Self.damaged(file, "no directory at the end: the file is truncated or no zip") }
    if count == 0xffff || offset == 0xffff_ffff, let wide = wideDirectory(before: end) {
      (count, offset) = wide
    }
    // A member takes at least 46 bytes of the directory.
    guard count <= bytes.count / 46, offset <= end else {
      throw Self.damaged(file, "a directory that lies outside the file")
    }
    var members = [ZipArchive.Member]()
    for _ in 0..<count {
      guard let (member, next) = member(at: offset) else {
        throw Self.damaged(file, "a directory that cannot be read at byte \(offset)")
      }
      members.append(member)
      offset = next
    }
    return members
  }

  /// Offset of the end record, which a comment of up to 65,535 bytes may follow.
  private func endOfDirectory() -> Int? {
    guard bytes.count >= 22 else { return nil }
    let lowest = max(0, bytes.count - 22 - 0xffff)
    return stride(from: bytes.count - 22, through: lowest, by: -1).first { offset in
      bytes[offset] == 0x50 && number(offset, 4) == 0x0605_4b50
        && number(offset + 20, 2).map { offset + 22 + $0 <= bytes.count } == true
    }
  }

  /// Count and offset of the directory of a zip64 archive.
  private func wideDirectory(before end: Int) -> (Int, Int)? {
    guard number(end - 20, 4) == 0x0706_4b50, let record = wide(end - 12),
      number(record, 4) == 0x0606_4b50, let count = wide(record + 32),
      let offset = wide(record + 48)
    else { return nil }
    return (count, offset)
  }

  private func member(at offset: Int) -> (ZipArchive.Member, next: Int)? {
    guard number(offset, 4) == 0x0201_4b50, let flags = number(offset + 8, 2),
      let method = number(offset + 10, 2), let checksum = number(offset + 16, 4),
      var compressed = number(offset + 20, 4), var size = number(offset + 24, 4),
      let nameSize = number(offset + 28, 2), let extraSize = number(offset + 30, 2),
      let commentSize = number(offset + 32, 2), var local = number(offset + 42, 4)
    else { return nil }
    let nameEnd = offset + 46 + nameSize
    let extraEnd = nameEnd + extraSize
    guard extraEnd + commentSize <= bytes.count else { return nil }
    // Fields of zip64 stand in this order, each only where the narrow one is full.
    if var position = wideFields(nameEnd..<extraEnd) {
      for keyPath in [0, 1, 2] {
        let isWide = [size, compressed, local][keyPath] == 0xffff_ffff
        guard isWide else { continue }
        guard position + 8 <= extraEnd, let value = wide(position) else { return nil }
        switch keyPath {
        case 0: size = value
        case 1: compressed = value
        default: local = value
        }
        position += 8
      }
    }
    let name = Array(bytes[offset + 46..<nameEnd])
    let text =
      String(validating: name, as: UTF8.self)
      ?? String(String.UnicodeScalarView(name.map { Unicode.Scalar($0) }))
    return (
      ZipArchive.Member(
        name: text.replacing("\\", with: "/"), isEncrypted: flags & 1 == 1 || method == 99,
        method: method, checksum: UInt32(truncatingIfNeeded: checksum), compressedSize: compressed,
        size: size, offset: local), extraEnd + commentSize
    )
  }

  /// Offset of the values of the zip64 extra field; nil without one.
  private func wideFields(_ extra: Range<Int>) -> Int? {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound, let kind = number(position, 2),
      let size = number(position + 2, 2)
    {
      if kind == 1 { return position + 4 }
      position += 4 + size
    }
    return nil
  }
}
