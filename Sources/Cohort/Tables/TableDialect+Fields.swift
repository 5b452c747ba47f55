extension TableDialect {
  /// Which field holds the identifiers of rows.
  mutating func settleIdentifiers(
    _ rows: [TextSample.Line], _ file: String, _ expectation: Expectation
  ) {
    guard fieldNames.count > 1, !IdentifierWords.isSampleWord(fieldNames[0]) else { return }
    guard let field = identifierField(rows, expectation) else { return }
    identifierField = field
    notices.append(
      .note(
        "identifier-column",
        "Identifiers are in column \(field + 1) (\(fieldNames[field])).", place: file))
    // An index that pandas or R wrote in front of the identifiers is no measurement.
    if isIndex(rows), expectation.isNumeric || fieldNames[0].isEmpty {
      ignoredFields.insert(0)
      notices.append(
        .note("index-column", "Column 1 numbers the rows and was skipped.", place: file))
    }
  }

  /// Whether the first field numbers the rows.
  private func isIndex(_ rows: [TextSample.Line]) -> Bool {
    rows.enumerated().allSatisfy { row, line in
      line.fields[0] == "\(row)" || line.fields[0] == "\(row + 1)"
    }
  }

  /// The field named as identifiers are named, or whose values are patients, where the first is not.
  private func identifierField(
    _ rows: [TextSample.Line], _ expectation: Expectation
  ) -> Int? {
    func values(_ field: Int) -> [String] {
      rows.map { $0.fields.indices.contains(field) ? $0.fields[field] : "" }
    }
    func isUnique(_ field: Int) -> Bool {
      let values = values(field)
      return !values.isEmpty && !values.contains("") && Set(values).count == values.count
    }
    func matches(_ field: Int) -> Int {
      values(field).count { expectation.patients.contains(expectation.rule.apply($0)) }
    }
    let others = 1..<fieldNames.count
    let known = expectation.patients
    if !known.isEmpty {
      let inHeader = fieldNames.count { known.contains(expectation.rule.apply($0)) }
      if matches(0) > 0 || inHeader > 0 { return nil }
    }
    // Without labels to compare with, the first column is left only if it cannot name rows.
    let named = others.filter { IdentifierWords.isSampleWord(fieldNames[$0]) && isUnique($0) }
    if named.count == 1, !isUnique(0) || isIndex(rows) || !expectation.isNumeric { return named[0] }
    if !known.isEmpty {
      let found = others.filter { 2 * matches($0) > rows.count && isUnique($0) }
      if found.count == 1 { return found[0] }
    }
    return nil
  }

  /// Columns and rows of texts among numbers: descriptions of genes, `data_type`.
  mutating func settleTexts(
    _ rows: [TextSample.Line], _ file: String, _ expectation: Expectation
  ) {
    let fields = fieldNames.indices.filter { $0 != identifierField && !ignoredFields.contains($0) }
    func isText(_ text: String) -> Bool {
      !missing.contains(text) && CellText.number(text) == nil && !CellText.isInfinite(text)
        && !(hasDecimalComma && CellText.isDecimalComma(text))
    }
    func cells(_ row: TextSample.Line) -> [Bool] {
      fields.filter { $0 < row.fields.count }.map { isText(row.fields[$0]) }
    }
    // Rows of texts stand above all numbers, and are nobody's.
    let leading = rows.prefix { row in
      let cells = cells(row)
      return cells.count > 1 && 2 * cells.count { $0 } > cells.count
        && !expectation.patients.contains(expectation.rule.apply(row.fields[identifierField]))
    }
    // Where most rows are texts, the table is none of numbers, and its first cell is refused.
    if 2 * leading.count < rows.count {
      for row in leading {
        ignoredLines.insert(row.number)
        notices.append(
          .warning(
            "annotation-row",
            "Row \(CohortError.quoting(row.fields[identifierField])) (line \(row.number)) holds texts "
              + "where the others hold numbers; it was left out.", place: file,
            remedy: "remove the row, or give its values as columns of clinical.csv"))
      }
    }
    let measured = rows.filter { !ignoredLines.contains($0.number) }
    for field in fields {
      let values = measured.compactMap {
        $0.fields.indices.contains(field) ? $0.fields[field] : nil
      }
      .filter { !missing.contains($0) }
      let texts = values.count { isText($0) }
      if texts > 0, 10 * texts >= 9 * values.count { textFields.insert(field) }
    }
    // A table of texts alone is another kind of table: its first cell is refused.
    if textFields.count == fields.count { textFields = [] }
  }
}
