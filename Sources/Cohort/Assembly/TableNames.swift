/// Checks that names in a table occur once, and says where if not.
enum TableNames {
  /// - Throws: `duplicateSample` with both places.
  static func checkPatients(
    _ patients: [String], _ table: DelimitedTable, isTransposed: Bool
  ) throws(CohortError) {
    guard let (first, second) = repeated(patients) else { return }
    let name = patients[second]
    if isTransposed {
      throw CohortError(
        .duplicateSample, file: table.file, line: table.headerLine, column: second + 2,
        patient: name,
        found: "\(CohortError.quoting(name)) in columns \(first + 2) and \(second + 2)")
    }
    let lines = table.rowLines
    throw CohortError(
      .duplicateSample, file: table.file, line: lines[second], column: 1, patient: name,
      found: "\(CohortError.quoting(name)) in lines \(lines[first]) and \(lines[second])")
  }

  /// - Throws: `duplicateFeature` with both places.
  static func checkColumns(
    _ table: DelimitedTable, isTransposed: Bool
  ) throws(CohortError) {
    let names = isTransposed ? table.rowNames : table.columnNames
    guard let (first, second) = repeated(names) else { return }
    let name = names[second]
    if isTransposed {
      let lines = table.rowLines
      throw CohortError(
        .duplicateFeature, file: table.file, line: lines[second], column: 1, columnName: name,
        found: "\(CohortError.quoting(name)) in lines \(lines[first]) and \(lines[second])")
    }
    throw CohortError(
      .duplicateFeature, file: table.file, line: table.headerLine, column: second + 2,
      columnName: name,
      found: "\(CohortError.quoting(name)) in columns \(first + 2) and \(second + 2)")
  }

  /// Positions of the first name that repeats an earlier one.
  private static func repeated(_ names: [String]) -> (Int, Int)? {
    var first = [String: Int](minimumCapacity: names.count)
    for (index, name) in names.enumerated() {
      if let earlier = first.updateValue(index, forKey: name) { return (earlier, index) }
    }
    return nil
  }
}
