import HDF5

/// Reads MuData files (`.h5mu`): a whole cohort.
///
/// The label is a column of the root's `obs`, else of a modality's. Other columns of the root's `obs`
/// are covariates, but for those that mudata copied from a modality (`mrna:age`); columns of a
/// modality's `obs` serve filters and groups. What `convert` wrote into `uns` (title, source, licence,
/// label, roles) is taken up again.
public struct MuDataReader: CohortReader {
  /// `h5mu`.
  public let format = "h5mu"
  /// One sentence on what is looked for.
  public let evidence = "a MuData file (.h5mu)"

  /// A reader.
  public init() {}

  /// A single file that is HDF5 and holds modalities.
  public func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool {
    guard let file = Self.file(files), HDF5File.isHDF5(try files.head(of: file)) else {
      return false
    }
    let bytes = try files.bytes(of: file)
    do throws(HDF5Error) {
      return try MuDataContent.isMuData(HDF5File(bytes).root)
    } catch {
      throw CohortError(error, file: file)
    }
  }

  /// The one file of the cohort, nil if there are several.
  private static func file(_ files: CohortFolder) -> String? {
    let visible = files.fileNames.filter { !FileClassification.isDocumentation($0) }
    return visible.count == 1 && files.folderNames.isEmpty ? visible[0] : nil
  }

  /// Reads all modalities.
  ///
  /// - Throws: `malformedTable` with the path in the file, `infiniteValue`, `tooLarge`,
  ///   `duplicateSample`, `duplicateFeature`, `noModality`.
  public func read(
    _ files: CohortFolder, _ request: CohortRequest
  ) throws(CohortError) -> CohortParts {
    guard let file = Self.file(files) else {
      throw CohortError(
        .missingFile, found: "\(files.fileNames.count) files", expected: "one MuData file")
    }
    let bytes = try files.bytes(of: file)
    let content: MuDataContent
    let notes: MuDataNotes
    do throws(HDF5Error) {
      let root = try HDF5File(bytes).root
      content = try MuDataContent(
        root, AnnDataChoice(layer: request.layer, embedding: request.embedding),
        only: request.modalities)
      notes = try MuDataNotes(root)
    } catch {
      throw CohortError(error, file: file)
    }
    return try parts(content, notes, file: file, request)
  }

  private func parts(
    _ content: MuDataContent, _ notes: MuDataNotes, file: String, _ request: CohortRequest
  ) throws(CohortError) -> CohortParts {
    guard !content.names.isEmpty else { throw CohortError(.noModality, file: file) }
    for name in request.modalities ?? [] where !content.names.contains(name) {
      throw .unknown(.unknownModality, name, among: content.names, file: file)
    }
    var parts = CohortParts()
    parts.configuration.details = notes.details
    parts.configuration.label = notes.label
    parts.configuration.group = notes.group
    parts.notices = AnnDataContent.notices(content.skippedColumns, file: file)
    let columns = content.columns.map { column in
      var result = SideTable.Column(name: column.name, texts: column.textsWithoutWords)
      let isCopied = content.names.contains { column.name.hasPrefix($0 + ":") }
      if notes.covariates?.contains(column.name) ?? !isCopied { result.role = .covariates }
      return result
    }
    parts.labels = try SideTable(file: file, patients: content.samples, columns: columns)
    for modality in content.modalities.sorted(by: { $0.name.precedes($1.name) }) {
      let place = "\(file), /mod/\(modality.name)"
      parts.modalities.append(
        try MeasuredTable(
          modality.content.table(file: place), name: modality.name, reference: .nothing,
          parts.configuration))
    }
    parts.modalityOrder = request.modalities ?? content.names
    return parts
  }
}

/// What `uns` of a MuData file says about the cohort, as far as it says it.
struct MuDataNotes: Equatable, Sendable {
  var details = CohortDetails()
  /// Column of the outcome.
  var label: String?
  /// Column of the groups whose patients stay together in folds.
  var group: String?
  /// Columns of the root's `obs` that are covariates; nil where the file does not say.
  var covariates: [String]?

  /// Name of the group in `uns` that holds what only we write.
  static let entry = "equipoise"

  /// No note.
  init() {}

  /// Reads `uns`; entries of another kind are passed over.
  ///
  /// - Throws: `damaged`.
  init(_ root: HDF5Group) throws(HDF5Error) {
    guard let uns = try root.group("uns") else { return }
    details.title = try Self.texts(uns, "title")?.first
    details.source = try Self.texts(uns, "source")?.first
    details.license = try Self.texts(uns, "license")?.first
    guard case .group(let own)? = try uns.member(Self.entry) else { return }
    label = try Self.texts(own, "label")?.first
    group = try Self.texts(own, "group")?.first
    details.labelDerivedFrom = try Self.texts(own, "label_from") ?? []
    covariates = try Self.texts(own, "covariates")
  }

  private static func texts(_ group: HDF5Group, _ name: String) throws(HDF5Error) -> [String]? {
    guard case .dataset(let dataset)? = try group.member(name), dataset.values.kind == .text else {
      return nil
    }
    return try dataset.values.texts()
  }
}
