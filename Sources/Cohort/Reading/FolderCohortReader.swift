/// Reads cohort folders (on disk, embedded or in memory): a file of labels and one table an assay.
public struct FolderCohortReader: CohortReader {
  /// `folder`.
  public let format = "folder"
  /// One sentence on what is looked for.
  public let evidence = "a folder with labels.csv and one table an assay"

  /// A reader.
  public init() {}

  /// All folders of files, and a single AnnData file, which brings the columns of its samples along.
  public func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool {
    guard files.isSingleFile, let file = files.fileNames.first else { return true }
    return AnnDataReader().recognizes(name: file, head: try files.head(of: file))
  }

  /// Reads the tables; see ``readCohort(_:)``.
  public func read(
    _ folder: CohortFolder, _ request: CohortRequest
  ) throws(CohortError) -> CohortParts {
    var parts = CohortParts()
    parts.configuration = try configuration(folder, &parts.notices)
    let inventory = try CohortInventory(folder, parts.configuration)
    parts.notices += inventory.notices
    let selected = try modalities(inventory, request, parts.configuration)

    let tables = FolderTables(folder: folder, request: request, configuration: parts.configuration)
    parts.labels = try inventory.labels.map { file throws(CohortError) in
      try tables.side(file, known: .none)
    }
    let known = KnownPatients(
      identifiers: parts.labels?.identifiers ?? [], rule: parts.configuration.sampleRule)
    for file in inventory.covariates {
      parts.covariates.append(try tables.side(file, known: known))
    }
    for file in inventory.groups { parts.groups.append(try tables.side(file, known: known)) }
    // Patients come in order of files by name, whatever order of modalities is asked.
    for file in inventory.modalities where selected.contains(file) {
      parts.modalities.append(try tables.modality(file, known: known))
      folder.release(file.file)
    }
    parts.modalityOrder = selected.map(\.stem)
    return parts
  }

  private func configuration(
    _ folder: CohortFolder, _ notices: inout [CohortNotice]
  ) throws(CohortError) -> CohortConfiguration {
    let files = folder.fileNames.filter(CohortConfiguration.isName)
    guard let file = files.first else {
      for other in folder.fileNames where other.lowercased().hasPrefix("cohort.y") {
        notices.append(
          .warning(
            "unread-configuration", "The file was not read.", place: other,
            remedy: "name it \(CohortConfiguration.fileName)"))
      }
      return CohortConfiguration()
    }
    guard files.count == 1 else {
      throw CohortError(
        .duplicateFile, file: files[1], found: files.joined(separator: " and "),
        remedy: "keep one of them, as \(CohortConfiguration.fileName)")
    }
    if file != CohortConfiguration.fileName {
      notices.append(
        .note("configuration-file", "Read as \(CohortConfiguration.fileName).", place: file))
    }
    return try CohortConfiguration(parsing: try folder.bytes(of: file))
  }

  private func modalities(
    _ inventory: CohortInventory, _ request: CohortRequest, _ configuration: CohortConfiguration
  ) throws(CohortError) -> [CohortInventory.TableFile] {
    guard inventory.modalities.isEmpty, request.modalities == nil else {
      return try inventory.selected(request.modalities, configuration)
    }
    let unread = inventory.unread
    let found = unread.isEmpty ? "no table" : "\(CohortError.listing(unread)), which nobody reads"
    throw CohortError(
      inventory.labels == nil && unread.isEmpty ? .missingFile : .noModality,
      found: inventory.labels == nil
        ? found : "labels" + (unread.isEmpty ? " alone" : " and \(found)"),
      expected: "labels.csv and one table an assay, such as mrna.csv",
      remedy: unread.first.map { "\(FileClassification.remedy($0)); can be read: " }.map {
        $0 + FileClassification.readable
      } ?? "name them <modality> with one of \(FileClassification.readable)")
  }
}
