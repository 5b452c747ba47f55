import HDF5

/// Reads AnnData files (`.h5ad`): one assay, samples in rows, columns of `obs` beside them.
public struct AnnDataReader: TableReader {
  /// `h5ad`.
  public let format = "h5ad"
  /// The ending that anndata gives.
  public let usualExtensions = ["h5ad"]

  /// A reader.
  public init() {}

  /// HDF5 with the ending of AnnData, or of MuData, which is refused with the reason. Other HDF5 files
  /// hold anything from images to networks.
  public func recognizes(name: String, head: [UInt8]) -> Bool {
    let lower = name.lowercased()
    return (lower.hasSuffix(".h5ad") || lower.hasSuffix(".h5mu")) && HDF5File.isHDF5(head)
  }

  /// Reads `X`, or the layer or embedding that is asked for.
  ///
  /// - Throws: `malformedTable` with the path in the file, `infiniteValue`, `tooLarge`.
  public func read(
    _ file: SourceFile, _ request: TableRequest
  ) throws(CohortError) -> NamedTable {
    let choice = AnnDataChoice(layer: request.layer, embedding: request.embedding)
    let content: AnnDataContent
    do throws(HDF5Error) {
      let root = try HDF5File(file.bytes).root
      guard try !MuDataContent.isMuData(root) else {
        throw HDF5Error(
          .unexpectedKind, path: "/", found: "a MuData file among the files of a folder",
          expected: "an AnnData file", remedy: "name the .h5mu file itself as the cohort")
      }
      content = try AnnDataContent(root, choice)
    } catch {
      throw CohortError(error, file: file.name)
    }
    return try content.table(file: file.name)
  }
}

extension AnnDataChoice {
  /// The choice of `--layer` and `--embedding`.
  init(layer: String?, embedding: String?) {
    self = layer.map { .layer($0) } ?? embedding.map { .embedding($0) } ?? .main
  }
}

extension AnnDataContent {
  /// The same as a table with its annotations.
  ///
  /// - Throws: `infiniteValue` with feature and sample.
  func table(file: String) throws(CohortError) -> NamedTable {
    if let cell = values.values.firstIndex(where: \.isInfinite) {
      throw CohortError(
        .infiniteValue, file: file, columnName: features[cell % values.columnCount],
        patient: samples[cell / values.columnCount], found: "\(values.values[cell])")
    }
    return NamedTable(
      file: file, rowNames: samples, columnNames: features, numbers: values,
      orientation: .samplesInRows,
      annotations: columns.map { .init(name: $0.name, texts: $0.textsWithoutWords) },
      notices: Self.notices(skippedColumns, file: file))
  }

  /// A note on columns in an unknown encoding.
  static func notices(_ skipped: [String], file: String) -> [CohortNotice] {
    skipped.isEmpty
      ? []
      : [
        .note(
          "unread-columns",
          "Columns of obs in an unknown encoding were passed over: "
            + "\(CohortError.listing(skipped)).", place: file)
      ]
  }
}

extension AnnDataColumn {
  /// The texts with the usual words for a missing value as missing, as in every other table.
  var textsWithoutWords: [String?] {
    texts.map { text in text.flatMap { CellText.isMissing($0) ? nil : $0 } }
  }
}

extension CohortError {
  /// The same error of a file, with the place inside it.
  init(_ error: HDF5Error, file: String) {
    let code: Code = error.code == .tooLarge ? .tooLarge : .malformedTable
    var found = error.code.summary
    if let detail = error.found { found += ": \(detail)" }
    self.init(
      code, file: error.path == "/" ? file : "\(file), \(error.path)", found: found,
      expected: error.expected ?? "a file that anndata or mudata can open",
      remedy: error.remedy ?? "open the file with anndata or mudata and write it again")
  }
}
