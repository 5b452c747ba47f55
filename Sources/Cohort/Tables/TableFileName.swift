/// What a table's file name says: stem, kind of text, compression.
struct TableFileName: Equatable, Sendable {
  /// The kinds of delimited text.
  enum Format: String, Sendable, CaseIterable {
    case csv, tsv, txt

    /// Separator that is tried first.
    var usualSeparator: UInt8 { self == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t") }

    /// The kind by an ending in any case; nil for an ending of something else.
    init?(ending: String) {
      switch ending.lowercased() {
      case "csv": self = .csv
      case "tsv": self = .tsv
      case "txt", "tab", "dat", "cct", "cbt", "tsi": self = .txt
      default: return nil
      }
    }
  }

  /// Name without folder and extensions; the modality's name.
  let stem: String
  let format: Format
  let isCompressed: Bool

  /// Parses `<stem>.<ending>[.gz|.zip]`, endings in any case; nil for any other name.
  init?(_ name: String) {
    let plain = Self.withoutCompression(name)
    isCompressed = plain != name
    guard let point = plain.lastIndex(of: "."),
      let format = Format(ending: String(plain[plain.index(after: point)...]))
    else { return nil }
    self.format = format
    stem = String(plain[..<point])
    guard !stem.isEmpty else { return nil }
  }

  /// A name of any kind: one without a known ending is text whose separator its header shows, and its
  /// stem is the whole name (without `.gz`).
  init(anyOf name: String) {
    self =
      TableFileName(name)
      ?? TableFileName(
        stem: Self.withoutCompression(name), format: .txt,
        isCompressed: Self.withoutCompression(name) != name)
  }

  /// A name of a given kind.
  init(stem: String, format: Format, isCompressed: Bool) {
    (self.stem, self.format, self.isCompressed) = (stem, format, isCompressed)
  }

  /// The name without `.gz` or `.zip` in any case.
  static func withoutCompression(_ name: String) -> String {
    let ending = [".gz", ".zip"].first { name.lowercased().hasSuffix($0) && name.count > $0.count }
    return ending.map { String(name.dropLast($0.count)) } ?? name
  }
}
