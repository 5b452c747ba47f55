import CDeflate

/// Decompression of whole gzip files (RFC 1952) by libdeflate, all members one after another.
enum Gzip {
  /// Whether the bytes begin as a gzip file does.
  static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// The decompressed content of all members; zero bytes after the last one are padding.
  ///
  /// - Parameter maximumBytes: most bytes of the content (`--max-uncompressed`); nil is
  ///   ``usualMaximum(compressed:)``.
  /// - Throws: `truncatedGzip` if a member ends early, is damaged, or is followed by other bytes;
  ///   `tooLarge` above the maximum.
  static func decompressed(
    _ bytes: [UInt8], file: String, maximumBytes: Int? = nil
  ) throws(CohortError) -> [UInt8] {
    let maximum = maximumBytes ?? usualMaximum(compressed: bytes.count)
    guard isGzip(bytes) else {
      throw CohortError(
        .truncatedGzip, file: file,
        found: bytes.isEmpty ? "an empty file" : "bytes that are not gzip",
        remedy: "remove .gz from the name if the file is not compressed")
    }
    guard let decompressor = libdeflate_alloc_decompressor() else {
      throw CohortError(.unreadableFile, file: file, found: "no memory to decompress it")
    }
    defer { libdeflate_free_decompressor(decompressor) }

    var output = [UInt8]()
    var position = 0
    while position < bytes.count {
      if position > 0, bytes[position...].allSatisfy({ $0 == 0 }) { break }
      var capacity = expectedSize(bytes, from: position)
      while true {
        let member = decompressMember(decompressor, bytes, position, capacity)
        switch member.status {
        case LIBDEFLATE_SUCCESS:
          position += member.consumed
          if output.isEmpty { output = member.content } else { output += member.content }
          guard output.count <= maximum else { throw tooLarge(file, maximum) }
        case LIBDEFLATE_INSUFFICIENT_SPACE where capacity < limit(bytes.count - position):
          // One byte above the maximum is enough to see that the content does not fit.
          guard capacity <= maximum - output.count else { throw tooLarge(file, maximum) }
          capacity = min(2 * capacity, limit(bytes.count - position))
          continue
        default:
          throw CohortError(
            .truncatedGzip, file: file,
            found: "data that cannot be decompressed in the member at byte \(position)")
        }
        break
      }
    }
    return output
  }

  /// Most bytes by default: 8 GiB, or 1,000 times the compressed size where that is less (but at
  /// least 1 MiB, since small tables of equal cells compress well).
  static func usualMaximum(compressed: Int) -> Int {
    max(1 << 20, min(8 << 30, compressed.multipliedReportingOverflow(by: 1000).partialValue))
  }

  /// An error about content above the maximum.
  static func tooLarge(_ file: String, _ maximum: Int) -> CohortError {
    CohortError(
      .tooLarge, file: file, found: "more than \(maximum) bytes when decompressed",
      remedy: "if the file is what you expect, allow more with --max-uncompressed, such as 16G")
  }

  /// Deflate cannot expand by more than 1032; what is larger is not worth trying.
  private static func limit(_ compressed: Int) -> Int { compressed * 1040 + 1024 }

  /// Size that the trailer names, which is right for a single member below 4 GiB; else a guess.
  private static func expectedSize(_ bytes: [UInt8], from position: Int) -> Int {
    guard bytes.count - position >= 18 else { return 1024 }
    let trailer = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return max(1024, min(trailer, limit(bytes.count - position)))
  }

  private static func decompressMember(
    _ decompressor: OpaquePointer, _ bytes: [UInt8], _ position: Int, _ capacity: Int
  ) -> (status: libdeflate_result, consumed: Int, content: [UInt8]) {
    var status = LIBDEFLATE_BAD_DATA
    var consumed = 0
    let content = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
      bytes.withUnsafeBytes { source in
        status = libdeflate_gzip_decompress_ex(
          decompressor, source.baseAddress.map { $0 + position }, bytes.count - position,
          target.baseAddress, capacity, &consumed, &count)
      }
      if status != LIBDEFLATE_SUCCESS { count = 0 }
    }
    return (status, consumed, content)
  }
}
