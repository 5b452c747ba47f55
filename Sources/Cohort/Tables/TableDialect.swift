/// How a delimited file is written: separator, decimals, where its header begins, what lies above it.
///
/// Everything is decided from the text itself; the file's ending only breaks ties.
struct TableDialect: Equatable, Sendable {
  /// Byte between fields.
  var separator: UInt8
  /// Whether decimals are written with a comma.
  var hasDecimalComma = false
  /// Where the header's first byte is, after comments and a `sep=` line.
  var headerOffset = 0
  /// Line of the header, from 1.
  var headerLine = 1
  /// Names of the fields of the header; the corner of R's tables, which they lack, is empty.
  var fieldNames = [String]()
  /// Whether rows may be shorter than the header (cBioPortal): what lacks is missing.
  var allowsShortRows = false
  /// Field, from 0, that holds the identifiers of rows.
  var identifierField = 0
  /// Fields that are not read: an index without meaning beside the identifiers.
  var ignoredFields = Set<Int>()
  /// Fields of texts among fields of numbers.
  var textFields = Set<Int>()
  /// Lines of rows that hold texts in place of measurements (`data_type`).
  var ignoredLines = Set<Int>()
  /// Texts that stand for a missing value beside the usual ones.
  var missing = MissingWords()
  /// What was found unusual.
  var notices = [CohortNotice]()

  /// A dialect with a given separator and nothing unusual.
  init(separator: UInt8) {
    self.separator = separator
  }
}

/// Words that stand for a missing value beside the usual ones: `missing:` in `cohort.yaml`.
struct MissingWords: Equatable, Sendable {
  private let words: Set<String>
  private let numbers: [Double]

  /// The given words; those that are numbers (`-999`) are compared as numbers, to 1e-6 of their size.
  init(_ words: [String] = []) {
    self.words = Set(words)
    numbers = words.compactMap(CellText.number)
  }

  /// Whether there are numbers among them.
  var hasNumbers: Bool { !numbers.isEmpty }

  /// Whether a text stands for a missing value, usual words included.
  func contains(_ text: String) -> Bool {
    CellText.isMissing(text) || words.contains(text)
  }

  /// Whether a number stands for a missing value.
  func contains(_ value: Double) -> Bool {
    numbers.contains { abs(value - $0) <= 1e-6 * max(1, abs($0)) }
  }
}
