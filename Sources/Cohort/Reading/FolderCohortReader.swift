/// Reads cohort folders (on disk, embedded or in memory) of delimited tables.
public struct FolderCohortReader: CohortReader {
  /// A reader.
  public init() {}

  /// All sources that are folders of files.
  public func canRead(_ source: CohortSource) -> Bool { true }

  /// Reads a cohort folder; see ``readCohort(_:)``.
  public func read(_ request: CohortRequest) throws(CohortError) -> CohortReading {
    let files: any CohortFiles
    switch request.source {
    case .folder(let path): files = FolderFiles(path: path)
    case .embedded(let name): files = try EmbeddedCohort.files(of: name)
    case .memory(let name, let content): files = MemoryFiles(name: name, files: content)
    }
    var intake = Intake(files: files, threads: request.threads)
    let entries = try files.entries()
    var configuration = CohortConfiguration()
    if entries.contains(where: { $0.name == CohortConfiguration.fileName && !$0.isFolder }) {
      configuration = try CohortConfiguration(
        parsing: try intake.bytes(of: CohortConfiguration.fileName))
    }
    let inventory = try CohortInventory(entries, configuration)
    let selected = try Self.modalities(inventory, request, configuration)

    var assembly = CohortAssembly(request, configuration, name: files.name)
    assembly.notices += inventory.notices
    try readSideTables(inventory, &intake, &assembly)
    // Patients come in order of files by name, whatever order of modalities is asked.
    var measured = [String: MeasuredTable]()
    for file in inventory.modalities where selected.contains(file) {
      let table = try intake.modality(file, assembly.reference(for: file.stem), configuration)
      assembly.add(table)
      measured[file.stem] = table
    }
    let modalities = selected.compactMap { measured.removeValue(forKey: $0.stem) }
    let cohort = try assembly.cohort(modalities)
    return CohortReading(cohort: cohort, inputs: intake.inputs.sorted { $0.name.precedes($1.name) })
  }

  private func readSideTables(
    _ inventory: CohortInventory, _ intake: inout Intake, _ assembly: inout CohortAssembly
  ) throws(CohortError) {
    let files: [(CohortInventory.TableFile?, CohortConfiguration.Role)] =
      [(inventory.labels, .label)] + inventory.covariates.map { ($0, .covariates) }
      + inventory.groups.map { ($0, .group) }
    for case (let file?, let role) in files {
      let table = try intake.table(file) { names in names.map { _ in .text } }
      // Other columns of the labels serve filters and groups only.
      let side = try SideTable(
        table, stem: file.stem, usualRole: role == .covariates ? .covariates : .group,
        known: assembly.labelPatients, assembly.configuration)
      assembly.add(side, role: role)
    }
  }

  private static func modalities(
    _ inventory: CohortInventory, _ request: CohortRequest, _ configuration: CohortConfiguration
  ) throws(CohortError) -> [CohortInventory.TableFile] {
    if inventory.modalities.isEmpty, request.modalities == nil {
      guard inventory.labels == nil else { throw CohortError(.noModality) }
      throw CohortError(
        .missingFile, found: "no table", expected: "labels.csv and one table a modality",
        remedy: "name them <modality>.csv, .tsv or .txt, each also with .gz")
    }
    return try inventory.selected(request.modalities, configuration)
  }
}

/// Takes in files and remembers their hashes.
private struct Intake {
  let files: any CohortFiles
  let threads: Int
  private(set) var inputs = [InputFile]()

  init(files: any CohortFiles, threads: Int) {
    self.files = files
    self.threads = threads
  }

  mutating func bytes(of file: String) throws(CohortError) -> [UInt8] {
    let bytes = try files.bytes(of: file)
    inputs.append(
      InputFile(name: file, sha256: SHA256.hexadecimal(of: bytes), byteCount: bytes.count))
    return bytes
  }

  mutating func table(
    _ file: CohortInventory.TableFile,
    _ contents: ([String]) throws(CohortError) -> [DelimitedTable.Content]
  ) throws(CohortError) -> DelimitedTable {
    let stored = try bytes(of: file.file)
    let bytes =
      file.name.isCompressed ? try Gzip.decompressed(stored, file: file.file) : stored
    return try DelimitedReader(file: file.file, name: file.name, threads: threads)
      .read(bytes, contents: contents)
  }

  mutating func modality(
    _ file: CohortInventory.TableFile, _ reference: MeasuredTable.Reference,
    _ configuration: CohortConfiguration
  ) throws(CohortError) -> MeasuredTable {
    let roles = configuration.columns(of: file.file, stem: file.stem)
    let table = try table(file) { names in
      names.map { name in
        switch roles[name] {
        case nil, .modality?: .number
        case .ignore?: .ignored
        default: .text
        }
      }
    }
    return try MeasuredTable(
      table, name: file.stem, reference: reference, configuration)
  }
}
