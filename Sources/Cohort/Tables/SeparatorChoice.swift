/// Choosing the separator of a delimited text by trying each on its first lines.
enum SeparatorChoice {
  /// The separator under which header and rows agree; the one usual for the ending goes first.
  ///
  /// A separator fits if it cuts the header into at least two fields and nine rows in ten into as many
  /// (or one more, as R writes). In `.txt` the one with most fields wins, else the first that fits.
  static func best(
    _ bytes: [UInt8], _ offset: Int, _ line: Int, _ format: TableFileName.Format
  ) -> UInt8 {
    let usual = format.usualSeparator
    var candidates =
      [usual]
      + [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
      .filter { $0 != usual }
    if format == .txt { candidates += [UInt8(ascii: " "), UInt8(ascii: "|")] }
    if format != .txt {
      return candidates.first { width(bytes, offset, line, $0).fits } ?? usual
    }
    let widths = candidates.map { width(bytes, offset, line, $0) }
    let fitting = candidates.indices.filter { widths[$0].fits }
    let eligible = fitting.isEmpty ? Array(candidates.indices) : fitting
    // Ties go to the earlier candidate.
    let best = eligible.max { (widths[$0].header, $1) < (widths[$1].header, $0) }
    guard let best, widths[best].header > 1 else { return usual }
    return candidates[best]
  }

  private static func width(
    _ bytes: [UInt8], _ offset: Int, _ line: Int, _ separator: UInt8
  ) -> (header: Int, fits: Bool) {
    let lines = TextSample.lines(
      bytes, from: offset, number: line, separator: separator, limit: 12)
    guard let header = lines.first?.fields.count, header > 1 else {
      return (lines.first?.fields.count ?? 0, false)
    }
    let rows = lines.dropFirst()
    let agreeing = rows.count { $0.fields.count == header || $0.fields.count == header + 1 }
    return (header, 10 * agreeing >= 9 * rows.count)
  }

  /// The separator in a word, for messages.
  static func word(_ separator: UInt8) -> String {
    switch separator {
    case UInt8(ascii: "\t"): "tabs"
    case UInt8(ascii: ","): "commas"
    case UInt8(ascii: ";"): "semicolons"
    case UInt8(ascii: " "): "blanks"
    default: "'" + String(decoding: [separator], as: UTF8.self) + "'"
    }
  }
}
