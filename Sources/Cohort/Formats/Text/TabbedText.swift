/// A text of lines and fields as the field's own formats write it: one separator, no quoted
/// separators, rows that may end early.
///
/// Unlike ``DelimitedReader`` nothing is guessed here: the format says which columns hold names. Lines
/// without any character are passed over.
struct TabbedText {
  /// One line that is not empty.
  struct Line: Equatable {
    /// Number, from 1.
    let number: Int
    /// Its bytes, without the line end.
    let range: Range<Int>
  }

  /// File name, for messages.
  let file: String
  /// Byte between fields.
  let separator: UInt8
  /// The text in UTF-8.
  let bytes: [UInt8]
  /// All lines but empty ones.
  let lines: [Line]
  /// What had to be done to the text.
  let notices: [CohortNotice]

  /// Takes a text apart; O(bytes).
  ///
  /// - Throws: `malformedTable` for bytes that are no text (NUL bytes, broken UTF-16) and for pointers
  ///   of Git LFS, which stand for a file that was not downloaded.
  init(
    _ stored: [UInt8], file: String, separator: UInt8 = UInt8(ascii: "\t")
  ) throws(CohortError) {
    (bytes, notices) = try TextEncoding.normalized(stored, file: file)
    self.file = file
    self.separator = separator
    if bytes.contains(0) {
      throw CohortError(
        .malformedTable, file: file, found: "NUL bytes", expected: "text",
        remedy: "copy or download the file again")
    }
    if bytes.starts(with: Array("version https://git-lfs".utf8)) {
      throw CohortError(
        .malformedTable, file: file, found: "a pointer of Git LFS in place of the file",
        remedy: "run git lfs pull where the study was cloned, or download the study again")
    }
    lines = Self.lines(bytes)
  }

  private static func lines(_ bytes: [UInt8]) -> [Line] {
    var lines = [Line]()
    var (start, number) = (0, 1)
    while start < bytes.count {
      let stop = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var end = stop
      while end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      if end > start { lines.append(Line(number: number, range: start..<end)) }
      start = stop + 1
      number += 1
    }
    return lines
  }

  /// Whether a line begins with `#`.
  func isComment(_ line: Line) -> Bool { bytes[line.range.lowerBound] == UInt8(ascii: "#") }

  /// Lines that are no comments.
  var content: [Line] { lines.filter { !isComment($0) } }

  /// The fields of a line as texts, trimmed and without quotes around them; at most `limit`.
  ///
  /// - Throws: `malformedTable` where the bytes are not UTF-8.
  func fields(_ line: Line, limit: Int = .max) throws(CohortError) -> [String] {
    var fields = [String]()
    var start = line.range.lowerBound
    while fields.count < limit {
      let end = bytes[start..<line.range.upperBound].firstIndex(of: separator)
      fields.append(try text(start..<(end ?? line.range.upperBound), line))
      guard let end else { break }
      start = end + 1
    }
    return fields
  }

  /// A field as text, trimmed and without quotes around it.
  private func text(_ range: Range<Int>, _ line: Line) throws(CohortError) -> String {
    guard let text = String(validating: bytes[trimmed(range)], as: UTF8.self) else {
      throw CohortError(
        .malformedTable, file: file, line: line.number, found: "bytes that are not UTF-8",
        expected: "UTF-8 text")
    }
    return text
  }

  /// A field without blanks and quotes around it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
    while low < high, isBlank(bytes[low]) { low += 1 }
    while high > low, isBlank(bytes[high - 1]) { high -= 1 }
    let quote = UInt8(ascii: "\"")
    if high - low >= 2, bytes[low] == quote, bytes[high - 1] == quote { return low + 1..<high - 1 }
    return low..<high
  }

  /// An error about a line.
  func malformed(
    _ line: Line? = nil, found: String, expected: String? = nil, remedy: String? = nil
  ) -> CohortError {
    CohortError(
      .malformedTable, file: file, line: line?.number, found: found, expected: expected,
      remedy: remedy)
  }
}

/// A table of texts below a header.
struct TextTable {
  /// File name, for messages.
  let file: String
  /// Names of the columns.
  let header: [String]
  /// Rows, each as long as the header; what a row lacks is empty.
  let rows: [[String]]
  /// Line of each row.
  let lines: [Int]

  /// The table in a text whose first line without `#` is the header.
  ///
  /// - Throws: `malformedTable` for an empty text, rows with more fields than the header, bytes that
  ///   are not UTF-8; `duplicateFeature` for a column name that occurs twice.
  init(_ text: TabbedText) throws(CohortError) {
    let content = text.content
    guard let first = content.first else {
      throw text.malformed(found: "no header", expected: "a line of column names")
    }
    file = text.file
    var names = try text.fields(first)
    while names.count > 1, names.last == "" { names.removeLast() }
    header = names
    if let column = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw CohortError(
        .duplicateFeature, file: text.file, line: first.number, column: column + 1,
        columnName: names[column])
    }
    var (rows, lines) = ([[String]](), [Int]())
    for line in content.dropFirst() {
      var fields = try text.fields(line)
      if fields.count > names.count {
        guard fields[names.count...].allSatisfy(\.isEmpty) else {
          throw text.malformed(
            line, found: "a row of \(fields.count) fields",
            expected: "\(names.count) fields, as in the header")
        }
        fields.removeLast(fields.count - names.count)
      }
      // A short row costs no more than its own fields: what it lacks is looked up as empty.
      rows.append(fields)
      lines.append(line.number)
    }
    self.rows = rows
    self.lines = lines
  }

  /// Position of a column, whatever its case.
  func position(of name: String) -> Int? {
    header.firstIndex { $0.lowercased() == name.lowercased() }
  }

  /// A cell; empty where its row ends early.
  func cell(_ row: Int, _ column: Int) -> String {
    column < rows[row].count ? rows[row][column] : ""
  }
}
