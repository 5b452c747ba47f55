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
    let isIndex = rows.enumerated().allSatisfy { row, line in
      line.fields[0] == "\(row)" || line.fields[0] == "\(row + 1)"
    }
    if isIndex, expectation.isNumeric || fieldNames[0].isEmpty {
      ignoredFields.insert(0)
      notices.append(
        .note("index-column", "Column 1 numbers the rows and was skipped.", place: file))
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
    let named = others.filter { IdentifierWords.isSampleWord(fieldNames[$0]) && isUnique($0) }
    if named.count == 1 { return named[0] }
    if !known.isEmpty {
      let found = others.filter { 2 * matches($0) > rows.count && isUnique($0) }
      if found.count == 1 { return found[0] }
    }
    return nil
  }

  /// Columns and rows of texts among numbers: descriptions of genes, `data_type`.
  mutating func settleTexts(_ rows: [TextSample.Line], _ file: String) {
    let fields = fieldNames.indices.filter { $0 != identifierField && !ignoredFields.contains($0) }
    func isText(_ text: String) -> Bool {
      !missing.contains(text) && CellText.number(text) == nil && !CellText.isInfinite(text)
        && !(hasDecimalComma && CellText.isDecimalComma(text))
    }
    func cells(_ row: TextSample.Line) -> [Bool] {
      fields.filter { $0 < row.fields.count }.map { isText(row.fields[$0]) }
    }
    let isTextRow = rows.map { row in
      let cells = cells(row)
      return cells.count > 1 && 2 * cells.count { $0 } > cells.count
    }
    // Where most rows are texts, the table is none of numbers, and its first cell is refused.
    if 2 * isTextRow.count(where: { $0 }) < rows.count {
      for (row, isText) in zip(rows, isTextRow) where isText {
        ignoredLines.insert(row.number)
        notices.append(
          .warning(
            "annotation-row",
            "Row \(CohortError.quoting(row.fields[identifierField])) (line \(row.number)) holds texts "
              + "where the others hold numbers; it was left out.", place: file,
            remedy: "remove the row, or give its values as columns of clinical.csv"))
      }
    }
    let measured = zip(rows, isTextRow).filter { !ignoredLines.contains($0.0.number) }.map(\.0)
    for field in fields {
      let values = measured.compactMap {
        $0.fields.indices.contains(field) ? $0.fields[field] : nil
      }
      .filter { !missing.contains($0) }
      let texts = values.count { isText($0) }
      if texts > 0, 2 * texts > values.count { textFields.insert(field) }
    }
    // A table of texts alone is another kind of table: its first cell is refused.
    if textFields.count == fields.count { textFields = [] }
  }
}
