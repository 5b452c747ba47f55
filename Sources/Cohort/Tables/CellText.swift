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
