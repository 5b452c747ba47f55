import HDF5
import LinearAlgebra

extension AnnDataContent {
  /// Reads an AnnData group: the root of an `.h5ad` file, or `/mod/<name>` of an `.h5mu` file.
  ///
  /// - Throws: ``HDF5Error`` with the path in the file.
  init(_ group: HDF5Group, _ choice: AnnDataChoice) throws(HDF5Error) {
    let encoding = try group.attributes.text("encoding-type")
    guard encoding == nil || encoding == "anndata" else {
      throw HDF5Error(
        .unexpectedKind, path: group.path, found: "the encoding \(encoding ?? "")",
        expected: "anndata")
    }
    let obs = try AnnDataFrame(try Self.required("obs", of: group))
    samples = obs.names
    switch choice {
    case .main:
      features = try AnnDataFrame(try Self.required("var", of: group)).names
      values = try AnnDataMatrix.read(
        try Self.main(group), rows: samples.count, columns: features.count)
    case .layer(let name):
      features = try AnnDataFrame(try Self.required("var", of: group)).names
      values = try AnnDataMatrix.read(
        try Self.choice(name, in: "layers", of: group), rows: samples.count,
        columns: features.count)
    case .embedding(let name):
      (features, values) = try Self.embedding(name, of: group, rows: samples.count)
    }
    (columns, skippedColumns) = try obs.allColumns()
  }

  private static func required(
    _ name: String, of group: HDF5Group
  ) throws(HDF5Error) -> HDF5Node {
    guard let node = try group.member(name) else {
      throw HDF5Error(
        .missing, path: group.path(of: name), expected: "an AnnData file with obs, var and X")
    }
    return node
  }

  private static func main(_ group: HDF5Group) throws(HDF5Error) -> HDF5Node {
    if let node = try group.member("X") { return node }
    let layers = try group.group("layers")?.names ?? []
    throw HDF5Error(
      .missing, path: group.path(of: "X"),
      found: layers.isEmpty ? "no layer either" : "layers \(layers.joined(separator: ", "))",
      expected: "the table X",
      remedy: layers.isEmpty ? nil : "choose a layer, such as --layer \(layers[0])")
  }

  private static func choice(
    _ name: String, in folder: String, of group: HDF5Group
  ) throws(HDF5Error) -> HDF5Node {
    let parent = try group.group(folder)
    if let node = try parent?.member(name) { return node }
    let names = parent?.names ?? []
    throw HDF5Error(
      .missing, path: "\(group.path(of: folder))/\(name)",
      found: names.isEmpty ? "nothing in \(folder)" : names.joined(separator: ", "),
      expected: "a table of that name",
      remedy: nearestName(to: name, among: names).map { "did you mean \($0)?" }
        ?? "use one of the names above")
  }

  /// An embedding: its columns by name where it is a data frame, else `<name>_1`, `<name>_2`, ….
  private static func embedding(
    _ name: String, of group: HDF5Group, rows: Int
  ) throws(HDF5Error) -> (features: [String], values: Matrix) {
    let node = try choice(name, in: "obsm", of: group)
    if try node.attributes?.text("encoding-type") == "dataframe" {
      let frame = try AnnDataFrame(node)
      guard frame.names.count == rows else {
        throw HDF5Error(
          .unexpectedKind, path: "\(group.path(of: "obsm"))/\(name)",
          found: "\(frame.names.count) rows", expected: "\(rows) rows")
      }
      var names = [String]()
      var columns = [[Double]]()
      for column in frame.columnNames {
        guard let numbers = try frame.numbers(of: column) else { continue }
        names.append(column)
        columns.append(numbers)
      }
      let values = (0..<rows).flatMap { row in columns.map { $0[row] } }
      return (names, Matrix(rows: rows, columns: names.count, values: values))
    }
    let values = try AnnDataMatrix.read(node, rows: rows, columns: nil)
    return ((0..<values.columnCount).map { "\(name)_\($0 + 1)" }, values)
  }
}

extension AnnDataFrame {
  /// All columns as texts, and the names of those in an encoding that is not known.
  func allColumns() throws(HDF5Error) -> (columns: [AnnDataColumn], skipped: [String]) {
    var columns = [AnnDataColumn]()
    var skipped = [String]()
    for name in columnNames {
      if let texts = try texts(of: name) {
        columns.append(AnnDataColumn(name: name, texts: texts))
      } else {
        skipped.append(name)
      }
    }
    return (columns, skipped)
  }
}
