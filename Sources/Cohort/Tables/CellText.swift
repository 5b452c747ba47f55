/// What the text of one cell means.
enum CellText {
  /// Whether the text stands for a missing value: empty, `NA`, `NaN`, `nan`, `null` or `.`.
  static func isMissing(_ text: String) -> Bool {
    switch text {
    case "", "NA", "NaN", "nan", "null", ".": true
    default: false
    }
  }

  /// The text as a decimal number, nil if it is none; infinite where it is too large.
  static func number(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in
      guard var position = bytes.baseAddress else { return nil }
      let end = position + bytes.count
      let value = DecimalNumber.read(&position, end)
      return position == end ? value : nil
    }
  }

  /// Whether the text is a number whose decimals follow a comma: `1,25`, `-,5e3`.
  static func isDecimalComma(_ text: String) -> Bool {
    guard text.utf8.count(where: { $0 == UInt8(ascii: ",") }) == 1, !text.utf8.contains(0x2e)
    else { return false }
    return number(withPoint(text)) != nil && text.utf8.last != UInt8(ascii: ",")
  }

  /// The text with its decimal comma as a point.
  static func withPoint(_ text: String) -> String {
    String(text.map { $0 == "," ? "." : $0 })
  }

  /// Whether a comma may as well separate thousands: one to three digits before it, not a lone zero,
  /// and exactly three behind.
  static func mayBeThousands(_ text: String) -> Bool {
    let parts = text.drop { $0 == "-" || $0 == "+" }.split(
      separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && (1...3).contains(parts[0].count) && parts[0].first != "0"
      && parts[1].count == 3 && parts[1].allSatisfy(\.isNumber)
  }

  /// Whether the text is an infinity by name, or a number too large for a double.
  static func isInfinite(_ text: String) -> Bool {
    let name = (text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]).lowercased()
    return name == "inf" || name == "infinity" || number(text)?.isInfinite == true
  }

  /// Advice on a cell that is not a number, where the text gives a hint.
  static func remedy(for text: String) -> String? {
    let digits = text.allSatisfy { $0.isASCII && $0.isNumber || "+-.,eE".contains($0) }
    if digits, text.contains(",") { return "write decimals with a point, without separators" }
    if ["n/a", "na", "null", "none", "missing", "-", "?", "#n/a"].contains(text.lowercased()) {
      return "write a missing value as an empty cell or NA"
    }
    return nil
  }
}
