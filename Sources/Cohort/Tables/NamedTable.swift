import LinearAlgebra

/// A table as a file holds it: named rows and columns of numbers or texts, not yet turned.
///
/// Every format of a single table (CSV, GCT, NPY, H5AD, …) is read into this; which axis holds the
/// patients is stated by the format where it knows, else found by identifiers.
public struct NamedTable: Sendable {
  /// What the cells of a column are.
  public enum Content: Sendable {
    /// Numbers; missing is NaN.
    case number
    /// Texts; missing is nil.
    case text
    /// Not read.
    case ignored
  }

  /// Which axis holds the samples.
  public enum Orientation: Sendable {
    /// A row for each sample.
    case samplesInRows
    /// A column for each sample.
    case samplesInColumns
  }

  /// A text beside each sample that the file itself holds (`obs` of AnnData, rows above the matrix
  /// of GCT 1.3).
  public struct Annotation: Equatable, Sendable {
    /// Name of the annotation.
    public let name: String
    /// One text a sample; missing is nil.
    public let texts: [String?]

    /// Creates an annotation.
    public init(name: String, texts: [String?]) {
      self.name = name
      self.texts = texts
    }
  }

  /// File name, for messages.
  public let file: String
  /// Name of the first column, empty if it has none.
  public let corner: String
  /// Line of the header, from 1; 1 where the format has no lines.
  public let headerLine: Int
  /// Names of all columns after the first.
  public let columnNames: [String]
  /// Number of each of these columns in the file, from 1.
  let columnNumbers: [Int]
  /// What each of them holds.
  public let contents: [Content]
  /// Name of each row.
  public let rowNames: [String]
  /// Line of each row, from 1; empty where the format has no lines.
  public let rowLines: [Int]
  /// Rows × number columns, in file order.
  public let numbers: Matrix
  /// Texts of each text column, in file order.
  public let texts: [[String?]]
  /// Which axis holds the samples; nil where the format does not say.
  public var orientation: Orientation?
  /// Texts beside the samples; only with an ``orientation``.
  public var annotations = [Annotation]()
  /// What the format's reader decided or doubts.
  public var notices = [CohortNotice]()

  /// Creates a table with texts among its columns.
  init(
    file: String, corner: String, headerLine: Int, columnNames: [String],
    columnNumbers: [Int], contents: [Content], rowNames: [String], rowLines: [Int],
    numbers: Matrix, texts: [[String?]]
  ) {
    self.file = file
    self.corner = corner
    self.headerLine = headerLine
    self.columnNames = columnNames
    self.columnNumbers = columnNumbers
    self.contents = contents
    self.rowNames = rowNames
    self.rowLines = rowLines
    self.numbers = numbers
    self.texts = texts
  }

  /// Creates a table of numbers alone.
  ///
  /// - Parameters:
  ///   - rowNames: one name a row of `numbers`.
  ///   - columnNames: one name a column of `numbers`.
  ///   - numbers: rows × columns; missing is NaN, every other entry finite.
  ///   - orientation: which axis holds the samples, where the format knows.
  ///   - annotations: texts beside the samples.
  ///   - rowLines: line of each row, where the format has lines.
  public init(
    file: String, rowNames: [String], columnNames: [String], numbers: Matrix,
    orientation: Orientation?, annotations: [Annotation] = [], rowLines: [Int] = [],
    notices: [CohortNotice] = []
  ) {
    self.init(
      file: file, corner: "", headerLine: 1, columnNames: columnNames,
      columnNumbers: columnNames.indices.map { $0 + 2 },
      contents: columnNames.map { _ in .number }, rowNames: rowNames, rowLines: rowLines,
      numbers: numbers, texts: [])
    self.orientation = orientation
    self.annotations = annotations
    self.notices = notices
  }

  /// Names of the number columns, in order.
  var numberNames: [String] { names(of: .number) }
  /// Names of the text columns, in order.
  var textNames: [String] { names(of: .text) }

  private func names(of content: Content) -> [String] {
    columnNames.indices.filter { contents[$0] == content }.map { columnNames[$0] }
  }

  /// Number of a column in the file, from 1.
  func column(named name: String) -> Int? {
    columnNames.firstIndex(of: name).map { columnNumbers[$0] }
  }

  /// The table of the given rows, in that order.
  func selecting(rows: [Int]) -> NamedTable {
    var table = NamedTable(
      file: file, corner: corner, headerLine: headerLine, columnNames: columnNames,
      columnNumbers: columnNumbers, contents: contents, rowNames: rows.map { rowNames[$0] },
      rowLines: rowLines.isEmpty ? [] : rows.map { rowLines[$0] },
      numbers: numbers.selecting(rows: rows),
      texts: texts.map { column in rows.map { column[$0] } })
    table.orientation = orientation
    table.notices = notices
    table.annotations = annotations
    return table
  }

  /// Line of a row, where the format has lines.
  func line(ofRow row: Int) -> Int? { rowLines.isEmpty ? nil : rowLines[row] }
}
