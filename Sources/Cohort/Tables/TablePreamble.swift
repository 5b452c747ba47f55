/// What lies above the header of a delimited text: comment lines and Excel's `sep=` line.
struct TablePreamble: Equatable, Sendable {
  /// Separator that a `sep=` line names.
  private(set) var separator: UInt8?
  /// Offset and number of each comment line (`#…`, or `!…` as in series of GEO).
  private var comments = [(offset: Int, line: Int)]()
  /// Offset of the first byte below.
  private(set) var end = 0
  /// Its line, from 1.
  private(set) var nextLine = 1

  /// Number of comment lines that are not the header.
  var commentCount: Int { comments.count }

  /// Skips blank lines, comments and `sep=`.
  init(_ bytes: [UInt8]) {
    while end < bytes.count {
      let stop = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = String(decoding: bytes[end..<min(stop, end + 40)], as: UTF8.self)
        .trimmingPrefix { $0 == " " || $0 == "\t" || $0 == "\"" }
      let text = line.filter { $0 != "\r" && $0 != "\r\n" && $0 != "\"" }
      if text.hasPrefix("#") || text.hasPrefix("!") {
        comments.append((end, nextLine))
      } else if let named = Self.namedSeparator(text) {
        separator = named
      } else if !text.allSatisfy({ $0 == " " || $0 == "\t" }) || stop - end >= 40 {
        return
      }
      end = min(stop + 1, bytes.count)
      nextLine += 1
    }
  }

  private static func namedSeparator(_ line: String) -> UInt8? {
    guard line.lowercased().hasPrefix("sep="), line.utf8.count == 5, let byte = line.utf8.last
    else { return nil }
    return byte
  }

  /// Offset (behind its `#`) and line of the last comment where that is the header, as in
  /// `#sample<tab>G1<tab>G2`; it is removed from the comments. Nil otherwise.
  ///
  /// It is the header if the line below has as many fields and holds numbers while it does not, or if
  /// it is the only comment and begins with a word for samples.
  mutating func headerAmongComments(
    _ bytes: [UInt8], _ separator: UInt8
  ) -> (offset: Int, line: Int)? {
    guard let last = comments.last, bytes[last.offset] == UInt8(ascii: "#") else { return nil }
    let offset = last.offset + 1
    let lines = TextSample.lines(
      bytes, from: offset, number: last.line, separator: separator, limit: 2)
    guard lines.count == 2, lines[0].fields.count > 1,
      lines[0].fields.count == lines[1].fields.count
        || lines[0].fields.count + 1 == lines[1].fields.count
    else { return nil }
    func numbers(_ line: TextSample.Line) -> Int {
      line.fields.dropFirst().count { CellText.number($0) != nil }
    }
    let isHeader =
      2 * numbers(lines[1]) > lines[1].fields.count - 1 && numbers(lines[0]) == 0
      || comments.count == 1 && IdentifierWords.isSampleWord(lines[0].fields[0])
        && !IdentifierWords.isSampleWord(lines[1].fields[0])
    guard isHeader else { return nil }
    comments.removeLast()
    return (offset, last.line)
  }

  static func == (a: TablePreamble, b: TablePreamble) -> Bool {
    a.end == b.end && a.nextLine == b.nextLine && a.separator == b.separator
      && a.comments.map(\.offset) == b.comments.map(\.offset)
  }
}
