/// A column of `obs` in an AnnData or MuData file.
struct AnnDataColumn: Equatable, Sendable {
  /// Column name.
  let name: String
  /// One text per sample; missing is nil.
  let texts: [String?]
}

/// Numbers and booleans of a file as the texts that a table of ours would have.
///
/// pandas makes floats of integers as soon as one is missing. An integral float is therefore
/// written without its fraction, so that stage 2 is the class `2` with and without gaps.
enum AnnDataText {
  /// Text of a number; NaN is missing.
  static func text(_ number: Double) -> String? {
    if number.isNaN { return nil }
    if let integer = Int(exactly: number), abs(number) < 9_007_199_254_740_992 {
      return String(integer)
    }
    return "\(number)"
  }

  /// Text of a boolean, as pandas writes it into a table.
  static func text(_ boolean: Bool) -> String { boolean ? "True" : "False" }
}
