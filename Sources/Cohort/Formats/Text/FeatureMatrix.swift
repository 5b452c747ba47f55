import LinearAlgebra

/// A matrix of numbers in a text with a feature in each row: columns of names, then a column a sample.
struct FeatureMatrix {
  /// How a cell that is no plain number is read.
  enum CellRule {
    /// Numbers or missing cells only.
    case number
    /// Also `>8` and `<0.1` of drug responses, which count as their limit.
    case limit
    /// Also `true` and `false`, which count as 1 and 0.
    case truth
  }

  /// Texts of each column of names, in the order of the columns.
  private(set) var keys: [[String]]
  /// Names of the sample columns.
  let samples: [String]
  /// Line of each row.
  private(set) var lines = [Int]()
  /// Features × samples.
  let numbers: Matrix
  /// Number of cells that are limits (`>8`).
  private(set) var limitCount = 0

  /// Which fields of the header hold what, and how cells are read.
  struct Layout {
    /// Header, all fields.
    let header: [String]
    /// Positions of columns of names.
    let keys: [Int]
    /// Positions of columns of samples.
    let samples: [Int]
    /// Further texts for a missing cell.
    var missing = MissingWords()
    /// How other cells are read.
    var rule = CellRule.number
    /// Whether rows may end early.
    var allowsShortRows = false
  }

  /// Reads the rows of a matrix; O(bytes).
  ///
  /// - Throws: `malformedTable` for rows of a wrong length, `notANumber` and `infiniteValue` with line
  ///   and column.
  init(
    _ text: TabbedText, rows: ArraySlice<TabbedText.Line>, _ layout: Layout
  ) throws(CohortError) {
    let width = layout.samples.count
    try Self.checkSize(text, rows: rows.count, width: width)
    samples = layout.samples.map { layout.header[$0] }
    keys = Array(repeating: [], count: layout.keys.count)
    var places = [Place](repeating: .ignored, count: layout.header.count)
    for (index, field) in layout.keys.enumerated() { places[field] = .key(index) }
    for (index, field) in layout.samples.enumerated() { places[field] = .sample(index) }
    var values = [Double](repeating: .nan, count: rows.count * width)
    var reader = CellReader(text: text, layout: layout)
    for (row, line) in rows.enumerated() {
      for index in keys.indices { keys[index].append("") }
      lines.append(line.number)
      var (start, field) = (line.range.lowerBound, 0)
      while true {
        let end = text.bytes[start..<line.range.upperBound].firstIndex(of: text.separator)
        let range = text.trimmed(start..<(end ?? line.range.upperBound))
        guard field < places.count else {
          guard range.isEmpty else { throw Self.ragged(text, line, layout) }
          guard let end else { break }
          start = end + 1
          continue
        }
        switch places[field] {
        case .ignored: break
        case .key(let index): keys[index][row] = try reader.name(range, line)
        case .sample(let index):
          values[row * width + index] = try reader.number(range, line, field)
        }
        field += 1
        guard let end else { break }
        start = end + 1
      }
      if field < places.count, !layout.allowsShortRows {
        throw Self.ragged(text, line, layout)
      }
    }
    limitCount = reader.limitCount
    numbers = Matrix(rows: rows.count, columns: width, values: values)
  }

  private enum Place {
    case ignored
    case key(Int)
    case sample(Int)
  }

  /// A full row has a byte a field, so a table of many more cells than bytes is none.
  private static func checkSize(
    _ text: TabbedText, rows: Int, width: Int
  ) throws(CohortError) {
    let (cells, overflows) = rows.multipliedReportingOverflow(by: width)
    guard !overflows, cells <= 16 * text.bytes.count + 1 << 16 else {
      throw text.malformed(
        found: "\(rows) rows below \(width) columns, most of them without fields",
        expected: "rows as long as the header")
    }
  }

  private static func ragged(
    _ text: TabbedText, _ line: TabbedText.Line, _ layout: Layout
  ) -> CohortError {
    let count = (try? text.fields(line).count) ?? 0
    return text.malformed(
      line, found: "a row of \(count) field\(count == 1 ? "" : "s")",
      expected: "\(layout.header.count) fields, as in the header")
  }
}

/// Reads single cells of a ``FeatureMatrix``.
private struct CellReader {
  let text: TabbedText
  let layout: FeatureMatrix.Layout
  var limitCount = 0

  func name(_ range: Range<Int>, _ line: TabbedText.Line) throws(CohortError) -> String {
    guard let name = String(validating: text.bytes[range], as: UTF8.self) else {
      throw text.malformed(line, found: "bytes that are not UTF-8", expected: "UTF-8 text")
    }
    return name
  }

  mutating func number(
    _ range: Range<Int>, _ line: TabbedText.Line, _ field: Int
  ) throws(CohortError) -> Double {
    if range.isEmpty { return .nan }
    if let value = plain(range) {
      guard value.isFinite else { throw fault(.infiniteValue, range, line, field) }
      return layout.missing.hasNumbers && layout.missing.contains(value) ? .nan : value
    }
    let cell = try name(range, line)
    if layout.missing.contains(cell) { return .nan }
    if CellText.isInfinite(cell) { throw fault(.infiniteValue, range, line, field) }
    switch (layout.rule, cell.lowercased()) {
    case (.truth, "true"), (.truth, "yes"): return 1
    case (.truth, "false"), (.truth, "no"): return 0
    case (.limit, _):
      let bare = cell.drop { $0 == ">" || $0 == "<" || $0 == "=" || $0 == " " }
      if bare.count < cell.count, let value = CellText.number(String(bare)), value.isFinite {
        limitCount += 1
        return value
      }
    default: break
    }
    throw fault(.notANumber, range, line, field)
  }

  private func plain(_ range: Range<Int>) -> Double? {
    text.bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var position = base + range.lowerBound
      let end = base + range.upperBound
      guard let value = DecimalNumber.read(&position, end), position == end else { return nil }
      return value
    }
  }

  private func fault(
    _ code: CohortError.Code, _ range: Range<Int>, _ line: TabbedText.Line, _ field: Int
  ) -> CohortError {
    let cell = String(decoding: text.bytes[range], as: UTF8.self)
    return CohortError(
      code, file: text.file, line: line.number, column: field + 1,
      columnName: layout.header[field], found: CohortError.quoting(cell),
      remedy: CellText.remedy(for: cell))
  }
}
