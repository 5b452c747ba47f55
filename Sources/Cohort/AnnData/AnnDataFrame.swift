import HDF5

/// A data frame of an AnnData file: `obs`, `var`, or an embedding that was a data frame.
///
/// Versions: `dataframe` 0.2.0 (anndata 0.8 and later) and 0.1.0 (0.7), which stores categories of
/// a column in the group `__categories`. The index is the column that the attribute `_index`
/// names.
struct AnnDataFrame {
  /// Texts of the index, the names of samples or features.
  let names: [String]
  /// Names of the columns, in their order.
  let columnNames: [String]
  private let group: HDF5Group

  /// Reads the index of a data frame.
  ///
  /// - Throws: `unexpectedKind` for frames of anndata before 0.7 and for an index with gaps,
  ///   `missing`, `damaged`.
  init(_ node: HDF5Node) throws(HDF5Error) {
    switch node {
    case .group(let group): self.group = group
    case .dataset(let dataset):
      throw HDF5Error(
        .unexpectedKind, path: dataset.path,
        found: "records, as anndata before 0.7 wrote them", expected: "a data frame",
        remedy: "open the file with anndata 0.7 to 0.12 and write it again with write_h5ad")
    case .other(let path):
      throw HDF5Error(.unexpectedKind, path: path, found: node.kind, expected: "a data frame")
    }
    guard let index = try group.attributes.text("_index") else {
      throw HDF5Error(.missing, path: "\(group.path)@_index", expected: "the name of the index")
    }
    columnNames = try group.attributes.texts("column-order") ?? []
    let values = try Self.values(group, index, count: nil)
    guard let values else {
      throw HDF5Error(
        .unexpectedKind, path: group.path(of: index), expected: "names of samples or features")
    }
    names = values.compactMap(\.self)
    guard names.count == values.count else {
      throw HDF5Error(
        .unexpectedKind, path: group.path(of: index), found: "a missing name",
        expected: "a name for each row")
    }
  }

  /// The texts of a column, nil if its encoding is not known.
  ///
  /// - Throws: `missing`, `unexpectedKind` if it has not one value for each name, `damaged`.
  func texts(of column: String) throws(HDF5Error) -> [String?]? {
    try Self.values(group, column, count: names.count)
  }

  /// The numbers of a column, nil if it is no dataset of numbers.
  func numbers(of column: String) throws(HDF5Error) -> [Double]? {
    guard case .dataset(let dataset)? = try Self.member(group, column),
      dataset.shape == [names.count],
      dataset.values.kind == .float
        || dataset.values.kind == .integer
    else { return nil }
    return try dataset.values.numbers()
  }

  /// A name with slashes is a path, since the field's writers use names as paths.
  private static func member(_ group: HDF5Group, _ name: String) throws(HDF5Error) -> HDF5Node? {
    var node: HDF5Node? = .group(group)
    for step in name.split(separator: "/", omittingEmptySubsequences: true) {
      guard case .group(let parent)? = node else { return nil }
      node = try parent.member(String(step))
    }
    return node
  }

  private static func values(
    _ group: HDF5Group, _ name: String, count: Int?
  ) throws(HDF5Error) -> [String?]? {
    guard let node = try member(group, name) else {
      throw HDF5Error(.missing, path: group.path(of: name), expected: "a column")
    }
    let texts: [String?]?
    switch node {
    case .dataset(let dataset):
      if try dataset.attributes.contains("categories"),
        let categories = try group.group("__categories")?.dataset(name)
      {
        texts = try AnnDataElement.categorical(codes: dataset, categories: .dataset(categories))
      } else {
        texts = try AnnDataElement.texts(dataset)
      }
    case .group(let inner): texts = try AnnDataElement.texts(inner)
    case .other: texts = nil
    }
    guard let texts, let count, texts.count != count else { return texts }
    throw HDF5Error(
      .unexpectedKind, path: group.path(of: name), found: "\(texts.count) values",
      expected: "\(count) values")
  }
}
