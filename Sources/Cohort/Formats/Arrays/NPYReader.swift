/// Reads NPY arrays of two axes, with names in `<stem>.rows.txt` and `<stem>.columns.txt` beside them.
///
/// Which axis holds the samples is found by identifiers, as for CSV.
struct NPYReader: TableReader {
  let format = "npy"
  let usualExtensions = ["npy"]

  func recognizes(name: String, head: [UInt8]) -> Bool { NPYHeader.isNPY(head) }

  func companions(of stem: String) -> [String] {
    [ArrayNames.files(stem).rows, ArrayNames.files(stem).columns]
  }

  func read(_ file: SourceFile, _ request: TableRequest) throws(CohortError) -> NamedTable {
    let matrix = try NPYArray(file.bytes, file: file.name).matrix()
    let names = ArrayNames.files(file.stem)
    return NamedTable(
      file: file.name,
      rowNames: try ArrayNames.read(
        names.rows, beside: file, count: matrix.rowCount, axis: "rows"),
      columnNames: try ArrayNames.read(
        names.columns, beside: file, count: matrix.columnCount, axis: "columns"),
      numbers: matrix, orientation: nil)
  }
}
