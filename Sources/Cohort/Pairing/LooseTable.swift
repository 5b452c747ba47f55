import Foundation
import LinearAlgebra

/// One delimited file named by its path, outside any cohort folder.
struct LooseTable: Sendable {
  /// The path as given, for messages.
  let path: String
  /// Name of the file without folder and extensions.
  let stem: String
  /// What was read, all of it numbers or all of it texts.
  let table: NamedTable

  /// Reads a file.
  ///
  /// - Throws: as ``PairedTables``.
  init(
    path: String, content: NamedTable.Content, threads: Int
  ) throws(CohortError) {
    let name = TableFileName(anyOf: URL(filePath: path).lastPathComponent)
    self.path = path
    stem = name.stem
    let stored = try fileBytes(at: path, named: path)
    let isCompressed = name.isCompressed || Gzip.isGzip(stored)
    let bytes = isCompressed ? try Gzip.decompressed(stored, file: path) : stored
    let reader = DelimitedReader(
      file: path, name: name, threads: threads,
      expectation: TableDialect.Expectation(isNumeric: content == .number))
    table = try reader.read(bytes) { names, _ in names.map { _ in content } }
    guard !table.columnNames.isEmpty else {
      throw CohortError(
        .malformedTable, file: path, line: table.headerLine, found: "a single column",
        expected: "a column of sample names and at least one more",
        remedy: "check the separator: comma in .csv, tab in .tsv, either in .txt")
    }
    guard !table.rowNames.isEmpty else {
      throw CohortError(
        .malformedTable, file: path, found: "a header without rows",
        expected: "at least one row")
    }
  }

  /// Names along rows or columns.
  func samples(isTransposed: Bool) -> [String] {
    isTransposed ? table.columnNames : table.rowNames
  }

  /// Refuses names that stand twice.
  func checkNames(isTransposed: Bool) throws(CohortError) {
    try TableNames.checkPatients(
      samples(isTransposed: isTransposed), table, isTransposed: isTransposed)
    try TableNames.checkColumns(table, isTransposed: isTransposed)
  }

  /// The numbers of the given samples.
  func numbers(isTransposed: Bool, rows: [Int]) -> ModalityTable {
    let values = isTransposed ? table.numbers.transposed() : table.numbers
    return ModalityTable(
      name: stem, featureNames: samples(isTransposed: !isTransposed),
      values: values.selecting(rows: rows))
  }

  /// The classes of the given samples.
  ///
  /// - Parameter name: the column; nil takes `label`, else the only one.
  /// - Throws: `unknownColumn`.
  func labels(
    named name: String?, isTransposed: Bool, rows: [Int]
  ) throws(CohortError) -> NominalOutcome {
    let names = samples(isTransposed: !isTransposed)
    let asked = name ?? (names.contains("label") ? "label" : names.count == 1 ? names[0] : nil)
    guard let asked else {
      throw CohortError(
        .unknownColumn, file: path, found: CohortError.listing(names),
        expected: "a column named label, or a single column beside the samples",
        remedy: "name the column of labels with --label")
    }
    guard let index = names.firstIndex(of: asked) else {
      throw .unknown(.unknownColumn, asked, among: names, file: path)
    }
    let texts = isTransposed ? table.texts.map { $0[index] } : table.texts[index]
    return NominalOutcome(column: asked, texts: rows.map { texts[$0] })
  }
}
