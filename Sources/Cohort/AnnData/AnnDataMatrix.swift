import HDF5
import LinearAlgebra

/// Tables of numbers in an AnnData file: dense (`array`) or sparse (`csr_matrix`, `csc_matrix`).
///
/// anndata before 0.7 named the kind of a sparse one in `h5sparse_format`, its shape in
/// `h5sparse_shape`.
enum AnnDataMatrix {
  /// Most bytes of a table in memory.
  private static let most = HDF5Limits().maximumBytes

  /// A table of `rows` × `columns`; `columns` nil is as wide as the file says.
  ///
  /// - Throws: `unexpectedKind` for another shape or encoding, `damaged` for indices out of range,
  ///   `tooLarge`.
  static func read(_ node: HDF5Node, rows: Int, columns: Int?) throws(HDF5Error) -> Matrix {
    switch node {
    case .dataset(let dataset): return try dense(dataset, rows: rows, columns: columns)
    case .group(let group):
      let attributes = group.attributes
      var encoding = try attributes.text("encoding-type")
      var shape = try attributes.integers("shape")
      if encoding == nil, let old = try attributes.text("h5sparse_format") {
        encoding = old + "_matrix"
        shape = try attributes.integers("h5sparse_shape")
      }
      guard encoding == "csr_matrix" || encoding == "csc_matrix" else {
        throw HDF5Error(
          .unexpectedKind, path: group.path, found: "the encoding \(encoding ?? "of no name")",
          expected: "array, csr_matrix or csc_matrix")
      }
      guard let shape, shape.count == 2 else {
        throw HDF5Error(.missing, path: "\(group.path)@shape", expected: "two lengths")
      }
      try check(shape, rows: rows, columns: columns, path: group.path)
      return try sparse(group, shape, isByRow: encoding == "csr_matrix")
    case .other(let path):
      throw HDF5Error(.unexpectedKind, path: path, found: node.kind, expected: "a table")
    }
  }

  private static func dense(
    _ dataset: HDF5Dataset, rows: Int, columns: Int?
  ) throws(HDF5Error) -> Matrix {
    if case .other(let words) = dataset.values.kind {
      throw HDF5Error(.unexpectedKind, path: dataset.path, found: words, expected: "numbers")
    }
    // anndata before 0.7 dropped a dimension of length one.
    if dataset.shape.count == 1, dataset.values.count == rows * (columns ?? 1) {
      return Matrix(rows: rows, columns: columns ?? 1, values: try dataset.values.numbers())
    }
    try check(dataset.shape, rows: rows, columns: columns, path: dataset.path)
    return try dataset.matrix()
  }

  private static func check(
    _ shape: [Int], rows: Int, columns: Int?, path: String
  ) throws(HDF5Error) {
    guard shape.count == 2, shape[0] == rows, shape[1] == columns ?? shape[1], shape[1] >= 0
    else {
      throw HDF5Error(
        .unexpectedKind, path: path,
        found: "a shape of \(shape.map(String.init).joined(separator: " × "))",
        expected: "\(rows) samples × \(columns.map(String.init) ?? "any number of") features")
    }
    let (cells, overflow) = shape[0].multipliedReportingOverflow(by: shape[1])
    guard !overflow, cells <= most / 8 else {
      throw HDF5Error(
        .tooLarge, path: path, found: "\(shape[0]) × \(shape[1]) cells",
        expected: "at most \(most >> 30) GiB in memory", remedy: "select features first")
    }
  }

  /// Entries that are not stored are 0; entries that are stored twice add up, as in SciPy.
  private static func sparse(
    _ group: HDF5Group, _ shape: [Int], isByRow: Bool
  ) throws(HDF5Error) -> Matrix {
    let (outer, inner) = isByRow ? (shape[0], shape[1]) : (shape[1], shape[0])
    let starts = try group.requiredDataset("indptr").values.integers()
    let indices = try group.requiredDataset("indices").values.integers()
    let data = try group.requiredDataset("data").values.numbers()
    guard starts.count == outer + 1, starts.first == 0,
      zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }),
      (starts.last ?? 0) <= data.count, indices.count == data.count
    else {
      throw HDF5Error(
        .damaged, path: group.path(of: "indptr"),
        expected: "\(outer + 1) rising positions, from 0 to the number of entries")
    }
    guard indices.allSatisfy({ $0 >= 0 && $0 < inner }) else {
      throw HDF5Error(
        .damaged, path: group.path(of: "indices"), found: "an index out of range",
        expected: "indices from 0 to \(inner - 1)")
    }
    var result = Matrix(rows: shape[0], columns: shape[1])
    for line in 0..<outer {
      for position in starts[line]..<starts[line + 1] {
        let cell =
          isByRow
          ? line * shape[1] + indices[position] : indices[position] * shape[1] + line
        result.values[cell] += data[position]
      }
    }
    return result
  }
}
