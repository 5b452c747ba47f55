/// A cursor over delimited text that reads one field at a time and knows its line.
///
/// Fields follow RFC 4180: quoted ones may hold separators, line ends and doubled quotes. Blanks
/// around a field are not part of it. Lines end with LF or CRLF. The bytes are borrowed: the caller
/// keeps them alive.
struct FieldScanner {
  private(set) var position: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private let delimiter: UInt8
  private let file: String
  /// Line of the cursor, from 1.
  private(set) var line: Int

  init(_ start: UnsafePointer<UInt8>, count: Int, delimiter: UInt8, file: String, line: Int) {
    position = start
    end = start + count
    self.delimiter = delimiter
    self.file = file
    self.line = line
  }

  /// Whether all bytes have been read.
  var isAtEnd: Bool { position == end }

  /// Whether the cursor stands at a line end or at the end of the bytes.
  @inline(__always)
  var isAtRowEnd: Bool {
    guard position < end else { return true }
    let byte = position.pointee
    if byte == UInt8(ascii: "\n") { return true }
    return byte == UInt8(ascii: "\r")
      && (position + 1 == end || position[1] == UInt8(ascii: "\n"))
  }

  @inline(__always)
  private var isAtFieldEnd: Bool {
    position == end || position.pointee == delimiter || isAtRowEnd
  }

  /// Whether the next byte that is no blank is a quote.
  var isAtQuote: Bool {
    var p = position
    while p < end, Self.isBlank(p.pointee), p.pointee != delimiter { p += 1 }
    return p < end && p.pointee == UInt8(ascii: "\"")
  }

  /// Moves past a separator; false if the cursor is not at one.
  @inline(__always)
  mutating func skipDelimiter() -> Bool {
    guard position < end, position.pointee == delimiter else { return false }
    position += 1
    return true
  }

  /// Moves past a line end.
  mutating func skipRowEnd() {
    if position < end, position.pointee == UInt8(ascii: "\r") { position += 1 }
    if position < end, position.pointee == UInt8(ascii: "\n") { position += 1 }
    line += 1
  }

  /// Reads the field's text: trimmed, unquoted.
  ///
  /// - Throws: `malformedTable` for an open quote, text after a closing one, or broken UTF-8.
  mutating func text(column: Int) throws(CohortError) -> String {
    skipBlanks()
    if position < end, position.pointee == UInt8(ascii: "\"") {
      return try quotedText(column: column)
    }
    let start = position
    while !isAtFieldEnd { position += 1 }
    var last = position
    while last > start, Self.isBlank(last[-1]), last[-1] != delimiter { last -= 1 }
    return try decoded(UnsafeBufferPointer(start: start, count: last - start), column: column)
  }

  /// Reads a number if the field is one and nothing else; nil, without moving, if not.
  @inline(__always)
  mutating func plainNumber() -> Double? {
    var p = position
    guard let value = DecimalNumber.read(&p, end), value.isFinite else { return nil }
    guard
      p == end || p.pointee == delimiter || p.pointee == UInt8(ascii: "\n")
        || p.pointee == UInt8(ascii: "\r") && (p + 1 == end || p[1] == UInt8(ascii: "\n"))
    else { return nil }
    position = p
    return value
  }

  /// Reads any field where a number is wanted: missing (NaN), quoted or padded.
  ///
  /// - Throws: `notANumber`, `infiniteValue`, or as ``text(column:)``.
  @inline(never)
  mutating func number(
    column: Int, missing: MissingWords, hasDecimalComma: Bool
  ) throws(CohortError) -> Double {
    let startLine = line
    var text = try text(column: column)
    if missing.contains(text) { return .nan }
    if hasDecimalComma, CellText.isDecimalComma(text) { text = CellText.withPoint(text) }
    if let value = CellText.number(text), value.isFinite { return value }
    throw CohortError(
      CellText.isInfinite(text) ? .infiniteValue : .notANumber, file: file, line: startLine,
      column: column, found: CohortError.quoting(text), remedy: CellText.remedy(for: text))
  }

  private mutating func quotedText(column: Int) throws(CohortError) -> String {
    let startLine = line
    var content = [UInt8]()
    position += 1
    while true {
      guard position < end else {
        throw CohortError(
          .malformedTable, file: file, line: startLine, column: column,
          found: "a quoted field that never ends", expected: "a closing quote")
      }
      let byte = position.pointee
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < end, position.pointee == UInt8(ascii: "\"") else { break }
        position += 1
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      }
      content.append(byte)
    }
    skipBlanks()
    guard isAtFieldEnd else {
      throw CohortError(
        .malformedTable, file: file, line: line, column: column,
        found: "text after a closing quote",
        expected: "a separator, or a doubled quote inside the field")
    }
    return try content.withUnsafeBufferPointer { bytes throws(CohortError) in
      try decoded(bytes, column: column)
    }
  }

  private func decoded(
    _ bytes: UnsafeBufferPointer<UInt8>, column: Int
  ) throws(CohortError) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    // Broken UTF-8 decodes to the replacement character.
    if bytes.contains(where: { $0 >= 0x80 || $0 == 0 }),
      text.unicodeScalars.contains(where: { $0 == "\u{FFFD}" || $0 == "\0" })
    {
      throw CohortError(
        .malformedTable, file: file, line: line, column: column,
        found: "bytes that are not UTF-8 text", expected: "UTF-8 text")
    }
    return text
  }

  private mutating func skipBlanks() {
    while position < end, Self.isBlank(position.pointee), position.pointee != delimiter {
      position += 1
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
