import Evaluation

/// A table of the report, which is also the CSV file beside it.
package struct Table: Sendable {
  /// A column: its title, its name in the CSV file, and how it stands.
  package struct Column: Sendable {
    let title: String
    let key: String
    let isNumeric: Bool
    var isSentence = false

    /// A column of short texts.
    package static func text(_ title: String, _ key: String) -> Column {
      Column(title: title, key: key, isNumeric: false)
    }
    /// A column of sentences, which need room to break their lines in.
    package static func sentence(_ title: String, _ key: String) -> Column {
      Column(title: title, key: key, isNumeric: false, isSentence: true)
    }
    /// A column of numbers, aligned to the right.
    package static func number(_ title: String, _ key: String) -> Column {
      Column(title: title, key: key, isNumeric: true)
    }
  }

  /// A cell: what is shown, and what stands in the CSV file.
  package struct Cell: Sendable {
    let shown: Markup
    let raw: String

    /// The same text in both.
    package static func text(_ text: String) -> Cell { Cell(shown: "\(text)", raw: text) }
    /// A number shown with some decimals, in full in the file, empty where undefined.
    package static func number(_ value: Double?, decimals: Int = 3) -> Cell {
      Cell(shown: "\(Numbers.fixed(value, decimals))", raw: value.map(\.description) ?? "")
    }
    /// A difference with its sign.
    package static func signed(_ value: Double?, decimals: Int = 3) -> Cell {
      Cell(shown: "\(Numbers.signed(value, decimals))", raw: value.map(\.description) ?? "")
    }
    /// A p value.
    package static func p(_ value: Double?) -> Cell {
      Cell(shown: "\(Numbers.p(value))", raw: value.map(\.description) ?? "")
    }
    /// A whole number.
    package static func count(_ value: Int?) -> Cell {
      Cell(
        shown: "\(value.map(Numbers.grouped) ?? Numbers.undefined)",
        raw: value.map(\.description) ?? "")
    }
  }

  /// What the table shows, for readers who do not see it.
  package let caption: String
  package let columns: [Column]
  package let rows: [[Cell]]
  /// Rows to be set off (the primary contrast, say).
  package let emphasized: Set<Int>

  /// A table; every row has one cell a column.
  package init(
    _ caption: String, columns: [Column], rows: [[Cell]], emphasized: Set<Int> = []
  ) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "one cell a column")
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.emphasized = emphasized
  }

  /// The table in a frame that scrolls by itself where it is too wide.
  package var html: Markup {
    let head = columns.map { column -> Markup in
      column.isNumeric
        ? "<th scope=\"col\" class=\"n\">\(column.title)</th>"
        : "<th scope=\"col\">\(column.title)</th>"
    }
    let body = rows.enumerated().map { index, row -> Markup in
      let cells = row.enumerated().map { position, cell -> Markup in
        if columns[position].isNumeric { return "<td class=\"n\">\(cell.shown)</td>" }
        if columns[position].isSentence { return "<td class=\"s\">\(cell.shown)</td>" }
        return position == 0
          ? "<th scope=\"row\">\(cell.shown)</th>" : "<td>\(cell.shown)</td>"
      }
      return emphasized.contains(index)
        ? "<tr class=\"key\">\(cells)</tr>\n" : "<tr>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table>
      <caption>\(caption)</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody></table></div>

      """
  }

  /// The table as comma-separated text (RFC 4180, lines end in a newline).
  package var csv: String {
    let lines = [columns.map(\.key)] + rows.map { $0.map(\.raw) }
    return lines.map { $0.map(Table.field).joined(separator: ",") + "\n" }.joined()
  }

  /// A field, quoted where it must be; what a spreadsheet would take for a formula stays text.
  private static func field(_ text: String) -> String {
    var text = text
    if let first = text.first, "=+-@".contains(first), Double(text) == nil { text = "'" + text }
    let special: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D]
    guard text.utf8.contains(where: special.contains) else { return text }
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    return "\"\(doubled)\""
  }
}
