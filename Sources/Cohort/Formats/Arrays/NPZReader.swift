import LinearAlgebra

/// Reads NPZ archives: one array of two axes and the names of its rows and columns.
///
/// | array | names |
/// |---|---|
/// | numbers | `X`, `data`, `values`, `matrix`, else the only array of two axes |
/// | samples | `samples`, `patients`, `sample_names`, `obs_names`, `sample_ids` |
/// | features | `features`, `genes`, `feature_names`, `var_names`, `columns` |
/// | rows, whatever they are | `rows`, `index`, `row_names` |
/// | columns, whatever they are | `columns`, `column_names`, `cols` |
///
/// Names are texts of fixed width (`dtype=str`); what is missing is looked for in text files beside the
/// archive, as for NPY. Arrays of Python objects are refused.
struct NPZReader: TableReader {
  let format = "npz"
  let usualExtensions = ["npz"]

  func recognizes(name: String, head: [UInt8]) -> Bool {
    guard ZipArchive.isZip(head), head.count > 30 else { return false }
    let size = Int(head[26]) | Int(head[27]) << 8
    let first = String(decoding: head[30...].prefix(size), as: UTF8.self)
    return first.hasSuffix(".npy")
  }

  func companions(of stem: String) -> [String] { NPYReader().companions(of: stem) }

  func read(_ file: SourceFile, _ request: TableRequest) throws(CohortError) -> NamedTable {
    let archive = try ZipArchive(file.bytes, file: file.name)
    let content = Content(archive: archive, maximumBytes: request.maximumUncompressedBytes)
    let matrix = try content.matrix()
    let samples = try content.names(Self.samples)
    let features = try content.names(Self.features)
    // Samples are rows unless only the columns are as many.
    let areColumns =
      samples.map { $0.count != matrix.rowCount && $0.count == matrix.columnCount } ?? false
    let rowNames = try Self.names(
      areColumns ? features : samples, else: Self.rows, content, file, .rows, matrix.rowCount)
    let columnNames = try Self.names(
      areColumns ? samples : features, else: Self.columns, content, file, .columns,
      matrix.columnCount)
    return NamedTable(
      file: file.name, rowNames: rowNames, columnNames: columnNames, numbers: matrix,
      orientation: samples == nil ? nil : areColumns ? .samplesInColumns : .samplesInRows)
  }

  private enum Axis: String { case rows, columns }

  /// Names of an axis: those found, else an array of another name, else a text file.
  private static func names(
    _ found: [String]?, else candidates: [String], _ content: Content, _ file: SourceFile,
    _ axis: Axis, _ count: Int
  ) throws(CohortError) -> [String] {
    var names = found
    if names == nil { names = try content.names(candidates) }
    guard let names else {
      let beside = ArrayNames.files(file.stem)
      return try ArrayNames.read(
        axis == .rows ? beside.rows : beside.columns, beside: file, count: count,
        axis: axis.rawValue)
    }
    try ArrayNames.check(names, count: count, axis: axis.rawValue, file: file.name)
    return names
  }

  private static let numbers = ["X", "data", "values", "matrix"]
  private static let samples = [
    "samples", "patients", "sample_names", "obs_names", "sample_ids",
  ]
  private static let features = ["features", "genes", "feature_names", "var_names"]
  private static let rows = ["rows", "index", "row_names"]
  private static let columns = ["columns", "column_names", "cols"]

  /// The arrays of an archive by name.
  private struct Content {
    let archive: ZipArchive
    let maximumBytes: Int?

    func array(_ name: String) throws(CohortError) -> NPYArray? {
      guard let member = archive.members.first(where: { $0.name == name + ".npy" }) else {
        return nil
      }
      return try NPYArray(
        try archive.content(of: member, maximumBytes: maximumBytes),
        file: "\(archive.file):\(member.name)")
    }

    func names(_ candidates: [String]) throws(CohortError) -> [String]? {
      for name in candidates {
        if let array = try array(name) { return try array.names() }
      }
      return nil
    }

    /// The array of numbers, by its name, else the only one of two axes.
    func matrix() throws(CohortError) -> Matrix {
      for name in NPZReader.numbers {
        if let array = try array(name) { return try array.matrix() }
      }
      var found = [NPYArray]()
      for member in archive.members where member.name.hasSuffix(".npy") {
        if let array = try array(String(member.name.dropLast(4))), array.isNumeric,
          array.header.shape.count == 2
        {
          found.append(array)
        }
      }
      guard found.count == 1, let array = found.first else {
        throw CohortError(
          .malformedTable, file: archive.file,
          found: "\(found.count) arrays of numbers with two axes among "
            + CohortError.listing(archive.members.map(\.name)),
          expected: "an array X (samples × features)",
          remedy: "save np.savez(file, X=X, samples=samples, features=features)")
      }
      return try array.matrix()
    }
  }
}
