/// What a table's file name tells: stem, separator, compression.
struct TableFileName: Equatable, Sendable {
  /// The three kinds of delimited text.
  enum Format: String, Sendable, CaseIterable {
    case csv, tsv, txt
  }

  /// Name without folder and extensions; the modality's name.
  let stem: String
  let format: Format
  let isCompressed: Bool

  /// Parses `<stem>.<csv|tsv|txt>[.gz]`; nil for any other name.
  init?(_ name: String) {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    isCompressed = parts.count > 2 && parts.last == "gz"
    if isCompressed { parts.removeLast() }
    guard parts.count >= 2, let format = parts.popLast().flatMap({ Format(rawValue: String($0)) })
    else { return nil }
    self.format = format
    stem = parts.joined(separator: ".")
    guard !stem.isEmpty else { return nil }
  }

  /// A name of any kind: one without a known extension is text whose separator its header tells,
  /// and its stem is the whole name.
  init(anyOf name: String) {
    self = TableFileName(name) ?? TableFileName(stem: name, format: .txt, isCompressed: false)
  }

  private init(stem: String, format: Format, isCompressed: Bool) {
    (self.stem, self.format, self.isCompressed) = (stem, format, isCompressed)
  }

  /// Separator byte: comma, tab, or for `.txt` the most frequent of tab, comma, semicolon and
  /// (where there is none of them) blank in the header line, outside quotes.
  func delimiter(headerOf bytes: [UInt8]) -> UInt8 {
    switch format {
    case .csv: return UInt8(ascii: ",")
    case .tsv: return UInt8(ascii: "\t")
    case .txt:
      let counts = Self.separatorCounts(headerOf: bytes)
      let best = [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
        .map { (byte: $0, count: counts[Int($0)]) }
        .reduce((byte: UInt8(ascii: " "), count: 0)) { $1.count > $0.count ? $1 : $0 }
      return best.byte
    }
  }

  /// Occurrences of each byte in the first line, outside quotes.
  static func separatorCounts(headerOf bytes: [UInt8]) -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") { break }
      counts[Int(byte)] += 1
    }
    return counts
  }
}
