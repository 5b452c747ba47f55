extension TableDialect {
  /// What is known of a table before it is read.
  struct Expectation: Sendable {
    /// Whether cells beside the identifiers are numbers (an assay) or texts (labels, covariates).
    var isNumeric: Bool
    /// Identifiers of patients; empty where unknown.
    var patients = Set<String>()
    /// Words for missing.
    var missing = MissingWords()
    /// How identifiers are changed before files are joined.
    var rule = SampleRule.exact
  }

  /// Learns how a text is written from its first lines.
  ///
  /// - Throws: `malformedTable` for an empty text or decimals that cannot be decided,
  ///   `missingHeader`.
  init(
    detecting bytes: [UInt8], file: String, name: TableFileName, _ expectation: Expectation
  ) throws(CohortError) {
    self.init(separator: name.format.usualSeparator)
    missing = expectation.missing
    var preamble = TablePreamble(bytes)
    headerOffset = preamble.end
    headerLine = preamble.nextLine
    guard headerOffset < bytes.count else {
      throw CohortError(.malformedTable, file: file, found: "an empty file", expected: "a header")
    }
    separator =
      preamble.separator ?? SeparatorChoice.best(bytes, headerOffset, headerLine, name.format)
    if let header = preamble.headerAmongComments(bytes, separator) {
      (headerOffset, headerLine) = header
    }
    note(preamble, name, file)

    var lines = TextSample.lines(
      bytes, from: headerOffset, number: headerLine, separator: separator)
    guard !lines.isEmpty else {
      // The scanner names the place of the broken quote.
      fieldNames = []
      return
    }
    let header = lines.removeFirst()
    headerLine = header.number
    fieldNames = header.fields
    settleWidth(lines, file)
    try settleHeader(lines, file, expectation)
    try settleDecimals(lines, file, expectation)
    settleIdentifiers(lines, file, expectation)
    if expectation.isNumeric { settleTexts(lines, file, expectation) }
  }

  private mutating func note(_ preamble: TablePreamble, _ name: TableFileName, _ file: String) {
    if preamble.commentCount > 0 {
      let count = preamble.commentCount
      notices.append(
        .note(
          "comments", "\(count) comment line\(count == 1 ? "" : "s") above the header skipped.",
          place: file))
    }
    if preamble.separator == nil, separator != name.format.usualSeparator, name.format != .txt {
      notices.append(
        .note(
          "separator", "Fields are separated by \(SeparatorChoice.word(separator)).", place: file))
    }
  }

  /// Empty fields at the ends of rows, and R's header that lacks its first field.
  private mutating func settleWidth(_ rows: [TextSample.Line], _ file: String) {
    let named = (fieldNames.lastIndex { !$0.isEmpty } ?? 0) + 1
    if named < fieldNames.count, named > 1,
      rows.allSatisfy({ $0.fields.dropFirst(named).allSatisfy(\.isEmpty) })
    {
      notices.append(
        .note("empty-columns", "Columns without name or value at the end skipped.", place: file))
      fieldNames.removeLast(fieldNames.count - named)
    }
    let width = fieldNames.count
    let full = rows.filter { !$0.isBlank }
    guard !full.isEmpty, full.allSatisfy({ $0.fields.count > width }) else { return }
    if full.allSatisfy({ $0.fields.dropFirst(width).allSatisfy(\.isEmpty) }) {
      notices.append(
        .warning(
          "trailing-separator",
          "Rows end in a separator that the header lacks; nothing is behind it, and it was skipped.",
          place: file, remedy: "save the table without the separator at the end of rows"))
    } else if full.allSatisfy({ $0.fields.count == width + 1 }) {
      fieldNames.insert("", at: 0)
    }
  }

  /// A first line of values in place of names.
  private func settleHeader(
    _ rows: [TextSample.Line], _ file: String, _ expectation: Expectation
  ) throws(CohortError) {
    guard expectation.isNumeric, fieldNames.count > 1, !fieldNames[0].isEmpty else { return }
    let cells = fieldNames.dropFirst().filter { !missing.contains($0) }
    guard !cells.isEmpty, cells.allSatisfy({ CellText.number($0) != nil }) else { return }
    let shape = IdentifierShape.of(fieldNames[0])
    let names = rows.compactMap(\.fields.first)
    let isLikeRows =
      !names.isEmpty && 10 * names.count { IdentifierShape.of($0) == shape } >= 8 * names.count
    guard
      expectation.patients.contains(expectation.rule.apply(fieldNames[0]))
        || isLikeRows && !IdentifierWords.isSampleWord(fieldNames[0])
    else { return }
    throw CohortError(
      .missingHeader, file: file, line: headerLine,
      found: "\(CohortError.quoting(fieldNames[0])) and numbers in the first line")
  }

  /// Decimal commas, where the separator is none.
  private mutating func settleDecimals(
    _ rows: [TextSample.Line], _ file: String, _ expectation: Expectation
  ) throws(CohortError) {
    guard separator != UInt8(ascii: ",") else { return }
    let cells = rows.flatMap { row in row.fields.dropFirst().map { (row.number, $0) } }
    let withComma = cells.filter { CellText.isDecimalComma($0.1) }
    guard let example = withComma.first else { return }
    let withPoint = cells.first { $0.1.contains(".") && CellText.number($0.1) != nil }
    if expectation.isNumeric, let withPoint {
      throw CohortError(
        .malformedTable, file: file, line: withPoint.0,
        found: "\(CohortError.quoting(example.1)) and \(CohortError.quoting(withPoint.1))",
        expected: "one decimal sign in all cells",
        remedy: "save the table with decimal points and without thousands separators")
    }
    guard withPoint == nil else { return }
    if withComma.allSatisfy({ CellText.mayBeThousands($0.1) }) {
      guard expectation.isNumeric else { return }
      throw CohortError(
        .malformedTable, file: file, line: example.0,
        found:
          "\(CohortError.quoting(example.1)), where the comma may be decimal or separate thousands",
        expected: "numbers such as 1.234 or 1234",
        remedy: "save the table with decimal points and without thousands separators")
    }
    hasDecimalComma = true
    notices.append(
      .note("decimal-comma", "Decimals are written with a comma, and were read so.", place: file))
  }
}
