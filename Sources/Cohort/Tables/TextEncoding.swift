/// Brings the bytes of a text file into UTF-8 with lines that end in LF.
enum TextEncoding {
  /// The text in UTF-8 without a byte order mark, and what had to be done to it.
  ///
  /// UTF-16 (with its mark, as Excel's "Unicode text" has) is decoded; lines that end in CR alone
  /// (spreadsheets of old Macs) are ended with LF. O(bytes); bytes that need nothing are not copied.
  ///
  /// - Throws: `malformedTable` for UTF-16 with an odd byte or a lone surrogate.
  static func normalized(
    _ bytes: [UInt8], file: String
  ) throws(CohortError) -> (bytes: [UInt8], notices: [CohortNotice]) {
    var notices = [CohortNotice]()
    var text = bytes
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      text = try decodedUTF16(bytes, file: file)
      notices.append(.note("utf-16", "The file is UTF-16 and was decoded.", place: file))
    } else if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      text.removeFirst(3)
    }
    if !text.contains(UInt8(ascii: "\n")), text.contains(UInt8(ascii: "\r")) {
      for index in text.indices where text[index] == UInt8(ascii: "\r") {
        text[index] = UInt8(ascii: "\n")
      }
      notices.append(.note("line-ends", "Lines end in CR alone.", place: file))
    }
    return (text, notices)
  }

  private static func decodedUTF16(
    _ bytes: [UInt8], file: String
  ) throws(CohortError) -> [UInt8] {
    let isLittle = bytes[0] == 0xff
    var units = [UInt16]()
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (low, high) =
        isLittle ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
      units.append(UInt16(high) << 8 | UInt16(low))
    }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
      throw CohortError(
        .malformedTable, file: file, found: "UTF-16 that cannot be decoded",
        expected: "UTF-8 or UTF-16 text", remedy: "save the table again as CSV in UTF-8")
    }
    return Array(text.utf8)
  }
}
