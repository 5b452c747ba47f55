/// Names of the rows and columns of an array, from text files beside it.
enum ArrayNames {
  /// Files of names beside an array: `<stem>.rows.txt` and `<stem>.columns.txt`.
  static func files(_ stem: String) -> (rows: String, columns: String) {
    ("\(stem).rows.txt", "\(stem).columns.txt")
  }

  /// One name a line.
  ///
  /// - Throws: `missingFile` without the file; `malformedTable` where it is no text; `emptyName`.
  static func read(
    _ name: String, beside file: SourceFile, count: Int, axis: String
  ) throws(CohortError) -> [String] {
    guard let bytes = try file.sibling(name) else {
      let other = files(file.stem)
      throw CohortError(
        .missingFile, file: file.name, found: "an array without names",
        expected: "\(other.rows) and \(other.columns) beside it, one name a line",
        remedy:
          "write them, such as np.savetxt('\(name)', names, fmt='%s'), or save X, samples and "
          + "features with np.savez('\(file.stem).npz', X=X, samples=samples, features=features)")
    }
    let text = try TabbedText(bytes, file: name, separator: UInt8(ascii: "\n"))
    var names = [String]()
    for line in text.lines {
      let field = try text.fields(line)[0]
      guard !field.isEmpty else {
        throw CohortError(.emptyName, file: name, line: line.number, found: "an empty name")
      }
      names.append(field)
    }
    try check(names, count: count, axis: axis, file: name)
    return names
  }

  /// - Throws: `malformedTable` where there are more or fewer names than the axis is long.
  static func check(
    _ names: [String], count: Int, axis: String, file: String
  ) throws(CohortError) {
    guard names.count == count else {
      throw CohortError(
        .malformedTable, file: file, found: "\(names.count) names",
        expected: "\(count), one for each of the array's \(axis)")
    }
    if let index = names.firstIndex(of: "") {
      throw CohortError(
        .emptyName, file: file, found: "an empty name, the \(index + 1)th of \(axis)")
    }
  }
}
