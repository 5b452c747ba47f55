import LinearAlgebra

/// A delimited text file as read: row names, number columns, text columns.
struct DelimitedTable: Sendable {
  /// What the cells of a column are.
  enum Content: Sendable {
    /// Numbers; missing is NaN.
    case number
    /// Texts; missing is nil.
    case text
    /// Not read.
    case ignored
  }

  /// File name, for messages.
  let file: String
  /// Name of the first column, empty if it has none.
  let corner: String
  /// Line of the header.
  let headerLine: Int
  /// Names of all columns after the first.
  let columnNames: [String]
  /// What each of them holds.
  let contents: [Content]
  /// First cell of each row.
  let rowNames: [String]
  /// Line of each row.
  let rowLines: [Int]
  /// Rows × number columns, in file order.
  let numbers: Matrix
  /// Texts of each text column, in file order.
  let texts: [[String?]]

  /// Names of the number columns, in order.
  var numberNames: [String] { names(of: .number) }
  /// Names of the text columns, in order.
  var textNames: [String] { names(of: .text) }

  private func names(of content: Content) -> [String] {
    columnNames.indices.filter { contents[$0] == content }.map { columnNames[$0] }
  }

  /// Number of a column in the file, from 1.
  func column(named name: String) -> Int? {
    columnNames.firstIndex(of: name).map { $0 + 2 }
  }
}
