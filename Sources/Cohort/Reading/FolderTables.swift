/// Reads the single tables of a cohort folder.
struct FolderTables {
  let folder: CohortFolder
  let request: CohortRequest
  let configuration: CohortConfiguration

  /// A table of labels, covariates or groups.
  ///
  /// - Throws: what reading a table throws; `malformedTable` for a file that is not delimited text.
  func side(
    _ file: CohortInventory.TableFile, known: KnownPatients
  ) throws(CohortError) -> SideTable {
    guard file.format == nil else {
      throw CohortError(
        .malformedTable, file: file.file, found: "a table of the format \(file.format ?? "")",
        expected: "delimited text for labels, covariates and groups")
    }
    let table = try reader(file, isNumeric: false, known)
      .read(try folder.bytes(of: file.file)) { names, _ in names.map { _ in .text } }
    return try SideTable(table, stem: file.stem, known: known.patients, configuration)
  }

  /// One assay.
  ///
  /// - Throws: what reading a table throws.
  func modality(
    _ file: CohortInventory.TableFile, known: KnownPatients
  ) throws(CohortError) -> MeasuredTable {
    let name = ReservedNames.name(of: file.stem)
    let reference: MeasuredTable.Reference =
      (request.knownFeatures[name] ?? request.knownFeatures[file.stem]).map { .features(Set($0)) }
      ?? (known.isEmpty ? .nothing : .patients(known))
    return try MeasuredTable(
      try table(file, known), name: file.stem, reference: reference, configuration)
  }

  private func table(
    _ file: CohortInventory.TableFile, _ known: KnownPatients
  ) throws(CohortError) -> NamedTable {
    let bytes = try folder.bytes(of: file.file)
    let head = Array(bytes.prefix(CohortFolder.headByteCount))
    let plain = TableFileName.withoutCompression(file.file)
    if let reader = tableReaders.first(where: { $0.recognizes(name: plain, head: head) }) {
      let folder = folder
      let source = SourceFile(name: file.file, stem: file.stem, bytes: bytes) {
        (name) throws(CohortError) in
        folder.fileNames.contains(name) ? try folder.bytes(of: name) : nil
      }
      var tableRequest = TableRequest(
        layer: request.layer, embedding: request.embedding, threads: request.threads)
      tableRequest.maximumUncompressedBytes = request.maximumUncompressedBytes
      return try reader.read(source, tableRequest)
    }
    let roles = configuration.columns(of: file.file, stem: file.stem)
    return try reader(file, isNumeric: true, known).read(bytes) { names, areTexts in
      zip(names, areTexts).map { name, isText in
        switch roles[name] {
        case .modality?: .number
        case .ignore?: .ignored
        case nil: isText ? .ignored : .number
        default: .text
        }
      }
    }
  }

  private func reader(
    _ file: CohortInventory.TableFile, isNumeric: Bool, _ known: KnownPatients
  ) -> DelimitedReader {
    DelimitedReader(
      file: file.file, name: file.name, threads: request.threads,
      expectation: TableDialect.Expectation(
        isNumeric: isNumeric, patients: known.patients,
        missing: MissingWords(configuration.missing), rule: configuration.sampleRule))
  }
}
