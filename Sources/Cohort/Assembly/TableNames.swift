/// Checks that names in a table occur once, and names all that do not.
enum TableNames {
  /// - Parameter rule: how identifiers were changed, where they were: what differs in the file may have
  ///   become equal by it.
  /// - Throws: `duplicateSample` with every name that is repeated and its places.
  static func checkPatients(
    _ patients: [String], _ table: NamedTable, isTransposed: Bool, rule: SampleRule = .exact
  ) throws(CohortError) {
    let repeated = repeated(patients)
    guard let first = repeated.first else { return }
    throw CohortError(
      .duplicateSample, file: table.file,
      line: isTransposed ? table.headerLine : table.line(ofRow: first.positions[1]),
      column: isTransposed ? number(first.positions[1], table) : 1, patient: first.name,
      found: listing(repeated, isTransposed ? .columns : .lines, table)
        + (rule == .exact ? "" : ", after \(rule.line)"),
      remedy: rule == .exact
        ? nil : "keep one row a patient, or change sample_id in cohort.yaml if it cuts too much")
  }

  /// - Throws: `duplicateFeature` with every name that is repeated and its places.
  static func checkColumns(
    _ table: NamedTable, isTransposed: Bool
  ) throws(CohortError) {
    let repeated = repeated(isTransposed ? table.rowNames : table.columnNames)
    guard let first = repeated.first else { return }
    throw CohortError(
      .duplicateFeature, file: table.file,
      line: isTransposed ? table.line(ofRow: first.positions[1]) : table.headerLine,
      column: isTransposed ? 1 : number(first.positions[1], table), columnName: first.name,
      found: listing(repeated, isTransposed ? .lines : .columns, table))
  }

  private struct Repeated {
    let name: String
    var positions: [Int]
  }

  private enum Places { case lines, columns }

  /// Names that occur more than once, in order of their second occurrence.
  private static func repeated(_ names: [String]) -> [Repeated] {
    var first = [String: Int](minimumCapacity: names.count)
    var index = [String: Int]()
    var repeated = [Repeated]()
    for (position, name) in names.enumerated() {
      guard let earlier = first[name] else {
        first[name] = position
        continue
      }
      if let known = index[name] {
        repeated[known].positions.append(position)
      } else {
        index[name] = repeated.count
        repeated.append(Repeated(name: name, positions: [earlier, position]))
      }
    }
    return repeated
  }

  private static func number(_ column: Int, _ table: NamedTable) -> Int {
    column < table.columnNumbers.count ? table.columnNumbers[column] : column + 2
  }

  /// `'G1' in columns 2 and 3; 'G2' in columns 4 and 5`, at most twelve names, then their count.
  private static func listing(
    _ repeated: [Repeated], _ places: Places, _ table: NamedTable
  ) -> String {
    let shown = repeated.prefix(12).map { item in
      let numbers = item.positions.prefix(4).map { position in
        places == .columns
          ? "\(number(position, table))" : "\(table.line(ofRow: position) ?? position + 1)"
      }
      let list = numbers.dropLast().joined(separator: ", ") + " and " + (numbers.last ?? "")
      return
        "\(CohortError.quoting(item.name)) in \(places == .columns ? "columns" : "lines") \(list)"
        + (item.positions.count > 4 ? ", …" : "")
    }
    return (repeated.count > 1 ? "\(repeated.count) names: " : "") + shown.joined(separator: "; ")
      + (repeated.count > shown.count ? "; …" : "")
  }
}
