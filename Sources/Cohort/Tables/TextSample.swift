/// The first lines of a delimited text, taken apart under a separator, to learn how it is written.
struct TextSample: Sendable {
  /// One line and its fields.
  struct Line: Equatable, Sendable {
    /// Offset of its first byte.
    let offset: Int
    /// Number, from 1.
    let number: Int
    /// Its fields, trimmed and unquoted.
    let fields: [String]
    /// Whether a field was quoted.
    let isQuoted: [Bool]

    /// Whether nothing stands in it.
    var isBlank: Bool { fields.allSatisfy(\.isEmpty) }
  }

  /// Rows that are looked at, and cells, which bound the rows of wide tables.
  static let lineCount = 120
  private static let cellCount = 60_000

  /// Fields of the first lines that are not blank, from `offset` on; broken quotes end the sample.
  static func lines(
    _ bytes: [UInt8], from offset: Int, number: Int, separator: UInt8, limit: Int = lineCount
  ) -> [Line] {
    var lines = [Line]()
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, offset < buffer.count else { return }
      var scanner = FieldScanner(
        base + offset, count: buffer.count - offset, delimiter: separator, file: "", line: number)
      var cells = 0
      while lines.count < limit, lines.count < 8 || cells < cellCount, !scanner.isAtEnd {
        let start = scanner.position - base
        let line = scanner.line
        guard let (fields, quoted) = try? scanner.row() else { return }
        if !(fields.count == 1 && fields[0].isEmpty && !quoted[0]) {
          cells += fields.count
          lines.append(Line(offset: start, number: line, fields: fields, isQuoted: quoted))
        }
      }
    }
    return lines
  }
}

extension FieldScanner {
  /// All fields of the row at the cursor, and whether each was quoted; moves to the next row.
  mutating func row() throws(CohortError) -> (fields: [String], isQuoted: [Bool]) {
    var fields = [String]()
    var quoted = [Bool]()
    repeat {
      quoted.append(isAtQuote)
      fields.append(try text(column: fields.count + 1))
    } while skipDelimiter()
    skipRowEnd()
    return (fields, quoted)
  }
}
