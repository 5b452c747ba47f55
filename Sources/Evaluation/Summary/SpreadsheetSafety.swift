/// CSV whose cells no spreadsheet runs as formulas: text that begins with `=`, `+`, `-`, `@`, a tab
/// or a carriage return gets an apostrophe before it. Numbers are never touched.
///
/// Text that has apostrophes before such a character gets one more, so that
/// ``restored(_:)`` gives back exactly what was there.
package enum SpreadsheetSafety {
  /// A table with such cells made harmless.
  ///
  /// - Parameter csv: a table as this program writes it (RFC 4180, lines ending in `\n`).
  /// - Complexity: O(bytes).
  package static func guarded(_ csv: String) -> String {
    rewritten(csv) { isRun($0) && Double($0) == nil ? "'" + $0 : nil }
  }

  /// The table that ``guarded(_:)`` was given.
  package static func restored(_ csv: String) -> String {
    rewritten(csv) { field in
      guard field.utf8.first == 0x27, isRun(field) else { return nil }
      return String(field.dropFirst())
    }
  }

  /// Files with those guarded that are tables.
  package static func guarded<Bytes: RangeReplaceableCollection<UInt8>>(
    _ files: [(name: String, bytes: Bytes)]
  ) -> [(name: String, bytes: Bytes)] {
    files.map { file in
      guard file.name.hasSuffix(".csv") else { return file }
      return (file.name, Bytes(guarded(String(decoding: file.bytes, as: UTF8.self)).utf8))
    }
  }

  /// Whether a cell begins with a character that makes spreadsheets run it, apostrophes aside.
  private static func isRun(_ field: String) -> Bool {
    guard let first = field.utf8.first(where: { $0 != 0x27 }) else { return false }
    return [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first)
  }

  /// Applies a change to each field; nil leaves it as it is, byte by byte.
  private static func rewritten(_ csv: String, _ change: (String) -> String?) -> String {
    let bytes = Array(csv.utf8)
    var result = [UInt8]()
    result.reserveCapacity(bytes.count + 64)
    var start = 0
    while start < bytes.count {
      let end = fieldEnd(bytes, from: start)
      let raw = bytes[start..<end]
      result += change(unquoted(raw)).map { Array(csvField($0).utf8)[...] } ?? raw
      if end < bytes.count { result.append(bytes[end]) }
      start = end + 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Where a field ends: at a comma or line break outside of quotes.
  private static func fieldEnd(_ bytes: [UInt8], from start: Int) -> Int {
    var isQuoted = false
    for index in start..<bytes.count {
      switch bytes[index] {
      case 0x22: isQuoted.toggle()
      case 0x2C, 0x0A: if !isQuoted { return index }
      default: break
      }
    }
    return bytes.count
  }

  private static func unquoted(_ field: ArraySlice<UInt8>) -> String {
    guard field.count >= 2, field.first == 0x22, field.last == 0x22 else {
      return String(decoding: field, as: UTF8.self)
    }
    return String(decoding: field.dropFirst().dropLast(), as: UTF8.self)
      .split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }
}
