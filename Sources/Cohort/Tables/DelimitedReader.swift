import Dispatch
import LinearAlgebra
import Synchronization

/// Reads delimited text by a byte scanner, in chunks of rows over threads; the result is the same
/// for any number of threads, and so is the error: the first one in the file.
struct DelimitedReader: Sendable {
  /// File name, for messages.
  let file: String
  /// What the file name says.
  let name: TableFileName
  /// Threads to use, ≥ 1.
  var threads = 1
  /// What is known of the table.
  var expectation: TableDialect.Expectation
  /// Whether rows may be shorter than the header; what lacks is missing.
  var allowsShortRows = false

  /// Reads a table; `contents` decides from the names of the columns and from the dialect what each
  /// column holds. The columns are the fields but for the identifiers.
  ///
  /// O(bytes). - Throws: `malformedTable`, `missingHeader`, `emptyName`, `notANumber`,
  ///   `infiniteValue`, each with line and column.
  func read(
    _ stored: [UInt8],
    contents: ([String], [Bool]) throws(CohortError) -> [NamedTable.Content]
  ) throws(CohortError) -> NamedTable {
    if Gzip.isGzip(stored) {
      throw CohortError(
        .malformedTable, file: file, found: "compressed bytes", expected: "text",
        remedy: "let the file's name end in .gz")
    }
    let (bytes, notices) = try TextEncoding.normalized(stored, file: file)
    var dialect = try TableDialect(detecting: bytes, file: file, name: name, expectation)
    dialect.notices = notices + dialect.notices
    dialect.allowsShortRows = allowsShortRows
    return try bytes.withUnsafeBufferPointer { buffer throws(CohortError) in
      let header = try readHeader(buffer, dialect)
      let contents = try contents(
        header.names, header.fields.map { dialect.textFields.contains($0) })
      let layout = FieldLayout(
        fieldCount: header.fieldCount, identifier: dialect.identifierField,
        fields: header.fields, contents: contents)
      let body = Body(
        file: file, buffer: buffer, dialect: dialect, names: header.names, layout: layout)
      let chunks = RowChunk.split(
        buffer, from: header.end, line: header.nextLine, delimiter: dialect.separator,
        limit: threads == 1 ? 1 : 4 * threads)
      return try assemble(header, dialect, contents, body, chunks)
    }
  }

  private func assemble(
    _ header: Header, _ dialect: TableDialect, _ contents: [NamedTable.Content], _ body: Body,
    _ chunks: [RowChunk]
  ) throws(CohortError) -> NamedTable {
    let rows = chunks.reduce(0) { $0 + $1.rowCount }
    let columns = contents.count { $0 == .number }
    var parts = [Body.Part]()
    var failure: CohortError?
    let values = [Double](unsafeUninitializedCapacity: rows * columns) { target, count in
      switch body.readAll(chunks, into: target, columns: columns, threads: threads) {
      case .success(let read):
        parts = read
        count = rows * columns
      case .failure(let error):
        failure = error
      }
    }
    if let failure { throw failure }
    let textCount = contents.count { $0 == .text }
    let names = parts.flatMap(\.names)
    var table = NamedTable(
      file: file, corner: header.corner, headerLine: header.line, columnNames: header.names,
      columnNumbers: header.fields.map { $0 + 1 }, contents: contents, rowNames: names,
      rowLines: parts.flatMap(\.lines),
      numbers: Matrix(rows: rows, columns: columns, values: values),
      texts: (0..<textCount).map { column in parts.flatMap { $0.texts[column] } })
    table.notices = dialect.notices
    // Rows without any content and rows of texts among numbers were read with the rest.
    let left = Set(parts.flatMap(\.left))
    guard !left.isEmpty else { return table }
    return table.selecting(rows: names.indices.filter { !left.contains(table.rowLines[$0]) })
  }

  // MARK: - Header

  private struct Header {
    var corner: String
    /// Names of the columns, the fields that are neither identifiers nor ignored.
    var names: [String]
    /// Their positions in a row, from 0.
    var fields: [Int]
    var fieldCount: Int
    var line: Int
    var end: Int
    var nextLine: Int
  }

  private func readHeader(
    _ buffer: UnsafeBufferPointer<UInt8>, _ dialect: TableDialect
  ) throws(CohortError) -> Header {
    guard let base = buffer.baseAddress else {
      throw CohortError(.malformedTable, file: file, found: "an empty file", expected: "a header")
    }
    var scanner = FieldScanner(
      base + dialect.headerOffset, count: buffer.count - dialect.headerOffset,
      delimiter: dialect.separator, file: file, line: dialect.headerLine)
    while !scanner.isAtEnd, scanner.isAtRowEnd { scanner.skipRowEnd() }
    let line = scanner.line
    // The dialect has the names already; reading again finds the place of broken quotes.
    _ = try scanner.row()
    let fields = dialect.fieldNames.indices.filter {
      $0 != dialect.identifierField && !dialect.ignoredFields.contains($0)
    }
    let names = fields.map { dialect.fieldNames[$0] }
    if let index = names.firstIndex(of: "") {
      throw CohortError(
        .emptyName, file: file, line: line, column: fields[index] + 1,
        found: "an empty column name")
    }
    return Header(
      corner: dialect.fieldNames.isEmpty ? "" : dialect.fieldNames[dialect.identifierField],
      names: names, fields: fields, fieldCount: dialect.fieldNames.count, line: line,
      end: scanner.position - base, nextLine: scanner.line)
  }
}

/// What each field of a row is for.
struct FieldLayout: Sendable {
  /// The uses of a field.
  enum Use: Sendable {
    case identifier, number, text, ignored
  }

  /// One use a field, in the order of a row.
  let uses: [Use]
  /// Index of each field among the columns; -1 for identifiers and ignored fields.
  let columns: [Int]

  /// A layout from the columns' fields and contents.
  init(fieldCount: Int, identifier: Int, fields: [Int], contents: [NamedTable.Content]) {
    var uses = [Use](repeating: .ignored, count: max(fieldCount, 1))
    var columns = [Int](repeating: -1, count: max(fieldCount, 1))
    uses[identifier] = .identifier
    for (column, field) in fields.enumerated() {
      columns[field] = column
      switch contents[column] {
      case .number: uses[field] = .number
      case .text: uses[field] = .text
      case .ignored: uses[field] = .ignored
      }
    }
    self.uses = uses
    self.columns = columns
  }
}
