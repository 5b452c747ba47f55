import Dispatch
import LinearAlgebra
import Synchronization

/// Reads delimited text by a byte scanner, in chunks of rows over threads; the result is the same
/// for any number of threads, and so is the error: the first one in the file.
struct DelimitedReader: Sendable {
  /// File name, for messages and for its separator.
  let file: String
  /// What the file name tells.
  let name: TableFileName
  /// Threads to use, ≥ 1.
  var threads = 1

  /// Reads a table; `contents` decides from the column names what each column holds.
  ///
  /// O(bytes). - Throws: `malformedTable`, `emptyName`, `notANumber`, `infiniteValue`, each with line and column.
  func read(
    _ bytes: [UInt8], contents: ([String]) throws(CohortError) -> [DelimitedTable.Content]
  ) throws(CohortError) -> DelimitedTable {
    try checkEncoding(bytes)
    let delimiter = name.delimiter(headerOf: bytes)
    return try bytes.withUnsafeBufferPointer { buffer throws(CohortError) in
      let header = try readHeader(buffer, delimiter)
      let contents = try contents(header.names)
      let body = Body(
        file: file, buffer: buffer, delimiter: delimiter, names: header.names, contents: contents)
      let chunks = RowChunk.split(
        buffer, from: header.end, line: header.nextLine, delimiter: delimiter,
        limit: threads == 1 ? 1 : 4 * threads)
      return try assemble(header, contents, body, chunks)
    }
  }

  private func assemble(
    _ header: Header, _ contents: [DelimitedTable.Content], _ body: Body, _ chunks: [RowChunk]
  ) throws(CohortError) -> DelimitedTable {
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
    return DelimitedTable(
      file: file, corner: header.corner, headerLine: header.line, columnNames: header.names,
      contents: contents, rowNames: parts.flatMap(\.names), rowLines: parts.flatMap(\.lines),
      numbers: Matrix(rows: rows, columns: columns, values: values),
      texts: (0..<textCount).map { column in parts.flatMap { $0.texts[column] } })
  }

  // MARK: - Header

  private struct Header {
    var corner: String
    var names: [String]
    var line: Int
    var end: Int
    var nextLine: Int
  }

  private func readHeader(
    _ buffer: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8
  ) throws(CohortError) -> Header {
    let hasMark = buffer.count >= 3 && buffer[0] == 0xef && buffer[1] == 0xbb && buffer[2] == 0xbf
    let skipped = hasMark ? 3 : 0
    guard let base = buffer.baseAddress else { throw empty }
    var scanner = FieldScanner(
      base + skipped, count: buffer.count - skipped, delimiter: delimiter, file: file, line: 1)
    while !scanner.isAtEnd, scanner.isAtRowEnd { scanner.skipRowEnd() }
    guard !scanner.isAtEnd else { throw empty }
    let line = scanner.line
    var fields = try rowFields(&scanner)
    let end = scanner.position - base
    let nextLine = scanner.line

    // R writes no name above its row names: then rows are longer than the header by one.
    while !scanner.isAtEnd, scanner.isAtRowEnd { scanner.skipRowEnd() }
    if !scanner.isAtEnd, try rowFields(&scanner).count == fields.count + 1 {
      fields.insert("", at: 0)
    }
    let names = Array(fields.dropFirst())
    try check(names, line: line)
    return Header(corner: fields[0], names: names, line: line, end: end, nextLine: nextLine)
  }

  private var empty: CohortError {
    CohortError(.malformedTable, file: file, found: "an empty file", expected: "a header")
  }

  private func rowFields(_ scanner: inout FieldScanner) throws(CohortError) -> [String] {
    var fields = [String]()
    repeat {
      fields.append(try scanner.text(column: fields.count + 1))
    } while scanner.skipDelimiter()
    scanner.skipRowEnd()
    return fields
  }

  private func check(_ names: [String], line: Int) throws(CohortError) {
    if let index = names.firstIndex(of: "") {
      throw CohortError(
        .emptyName, file: file, line: line, column: index + 2, found: "an empty column name")
    }
  }

  private func checkEncoding(_ bytes: [UInt8]) throws(CohortError) {
    if Gzip.isGzip(bytes) {
      throw CohortError(
        .malformedTable, file: file, found: "compressed bytes", expected: "text",
        remedy: "let the file's name end in .gz")
    }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw CohortError(.malformedTable, file: file, found: "UTF-16", expected: "UTF-8 text")
    }
    if !bytes.contains(UInt8(ascii: "\n")), bytes.contains(UInt8(ascii: "\r")) {
      throw CohortError(
        .malformedTable, file: file, found: "lines that end in CR alone",
        expected: "lines that end in LF or CRLF")
    }
  }
}
