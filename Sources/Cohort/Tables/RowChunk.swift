#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A run of whole rows of a table's body, small enough for one thread.
struct RowChunk: Equatable, Sendable {
  /// Bytes of the rows, line ends included.
  let bytes: Range<Int>
  /// Line of the first byte.
  let firstLine: Int
  /// Index of the first row.
  let firstRow: Int
  /// Number of rows; blank lines are none.
  let rowCount: Int

  /// Cuts the body from `start` on into at most about `limit` chunks of equal bytes, at row ends
  /// that lie outside quotes. O(bytes), far faster than reading numbers.
  static func split(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, line startLine: Int, delimiter: UInt8,
    limit: Int
  ) -> [RowChunk] {
    guard start < bytes.count, let base = bytes.baseAddress else { return [] }
    let hasQuotes = memchr(base + start, 0x22, bytes.count - start) != nil
    let chunkBytes = max(1 << 16, (bytes.count - start) / max(1, limit) + 1)
    var chunks = [RowChunk]()
    var (position, line, row) = (start, startLine, 0)
    var (chunkStart, chunkLine, chunkRow) = (start, startLine, 0)
    while position < bytes.count {
      let isBlank =
        bytes[position] == UInt8(ascii: "\n")
        || (bytes[position] == UInt8(ascii: "\r")
          && (position + 1 == bytes.count || bytes[position + 1] == UInt8(ascii: "\n")))
      if hasQuotes {
        let (next, lines) = rowEnd(bytes, from: position, delimiter: delimiter)
        position = next
        line += lines
      } else {
        let found = memchr(base + position, 0x0a, bytes.count - position)
        position = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) + 1 } ?? bytes.count
        line += 1
      }
      if !isBlank { row += 1 }
      if position - chunkStart >= chunkBytes || position == bytes.count {
        chunks.append(
          RowChunk(
            bytes: chunkStart..<position, firstLine: chunkLine, firstRow: chunkRow,
            rowCount: row - chunkRow))
        (chunkStart, chunkLine, chunkRow) = (position, line, row)
      }
    }
    return chunks
  }

  /// End of the row at `start` (after its line end) and the number of lines it spans.
  private static func rowEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8
  ) -> (Int, Int) {
    enum Place { case fieldStart, inField, inQuotes, afterQuote }
    var place = Place.fieldStart
    var lines = 1
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch (place, byte) {
      case (.inQuotes, UInt8(ascii: "\"")): place = .afterQuote
      case (.inQuotes, UInt8(ascii: "\n")): lines += 1
      case (.inQuotes, _): break
      case (_, UInt8(ascii: "\n")): return (position, lines)
      case (_, delimiter): place = .fieldStart
      case (.fieldStart, UInt8(ascii: "\"")), (.afterQuote, UInt8(ascii: "\"")): place = .inQuotes
      case (.fieldStart, UInt8(ascii: " ")), (.fieldStart, UInt8(ascii: "\t")): break
      default: place = .inField
      }
    }
    return (position, lines)
  }
}
