/// Lines of a comma-separated file (RFC 4180) as the study writes it, by column name.
struct CSVRows {
  private let bytes: [UInt8]
  private let name: String
  private var position = 0
  private(set) var line = 0
  /// Column names.
  private(set) var header: [String] = []

  /// Opens a table and reads its header.
  init(_ text: String, name: String) throws(ReportError) {
    bytes = Array(text.utf8)
    self.name = name
    guard let first = next() else { throw .malformed(name, line: 1, "an empty file") }
    header = first
  }

  /// Position of a column.
  func column(_ wanted: String) throws(ReportError) -> Int {
    guard let index = header.firstIndex(of: wanted) else {
      throw .malformed(name, line: 1, "no column \(wanted)")
    }
    return index
  }

  /// An error about the line read last.
  func failure(_ found: String) -> ReportError { .malformed(name, line: line, found) }

  /// Fields of the next line that is not empty; nil at the end.
  mutating func next() -> [String]? {
    while position < bytes.count {
      line += 1
      let fields = readLine()
      if fields.count > 1 || fields.first?.isEmpty == false { return fields }
    }
    return nil
  }

  private mutating func readLine() -> [String] {
    var fields = [String]()
    var field = [UInt8]()
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          field.append(byte)
        } else if position < bytes.count, bytes[position] == byte {
          field.append(byte)
          position += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: ","):
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
      case UInt8(ascii: "\r"): continue
      case UInt8(ascii: "\n"):
        fields.append(String(decoding: field, as: UTF8.self))
        return fields
      default: field.append(byte)
      }
    }
    fields.append(String(decoding: field, as: UTF8.self))
    return fields
  }
}
