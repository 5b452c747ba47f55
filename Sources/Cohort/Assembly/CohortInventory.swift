/// The tables of a cohort's folder by role, before any is read.
struct CohortInventory: Sendable {
  /// One table and what is known of it.
  struct TableFile: Equatable, Sendable {
    let file: String
    /// The modality's name.
    let stem: String
    /// Format of a ``TableReader``; nil for delimited text.
    let format: String?
    /// How the name describes delimited text.
    let name: TableFileName
  }

  private(set) var labels: TableFile?
  private(set) var covariates = [TableFile]()
  private(set) var groups = [TableFile]()
  /// By file name.
  private(set) var modalities = [TableFile]()
  private(set) var notices = [CohortNotice]()
  /// Files that hold something, but that nobody reads.
  private(set) var unread = [String]()

  /// Sorts the files of a folder by role.
  ///
  /// - Throws: `duplicateFile` if a stem occurs twice, `badConfiguration` if `cohort.yaml` names
  ///   a file that is not there or two files of labels; what opening a file throws.
  init(_ folder: CohortFolder, _ configuration: CohortConfiguration) throws(CohortError) {
    var ignored = [String]()
    var fileOfStem = [String: String]()
    let companions = FileClassification.companions(among: folder.fileNames)
    for file in folder.fileNames
    where !CohortConfiguration.isName(file) && !companions.contains(file) {
      if configuration.fileRoles[file] == .ignore {
        ignored.append(file)
        continue
      }
      guard let table = try FileClassification.table(file, in: folder) else {
        FileClassification.isDocumentation(file) ? ignored.append(file) : unread.append(file)
        continue
      }
      let role = role(of: table, configuration)
      if role == .ignore {
        ignored.append(file)
        continue
      }
      if let other = fileOfStem.updateValue(file, forKey: table.stem) {
        throw CohortError(.duplicateFile, file: file, found: "\(other) and \(file)")
      }
      try add(table, role)
    }
    note(ignored + folder.folderNames.map { $0 + "/" })
    try check(configuration, folder.fileNames)
  }

  /// Role by `cohort.yaml`, else by convention; files named as tables of outcomes or of samples are
  /// left out with a warning, since as an assay they would hold the answer.
  private mutating func role(
    of table: TableFile, _ configuration: CohortConfiguration
  ) -> CohortConfiguration.Role {
    let role = configuration.role(of: table.file, stem: table.stem)
    let isGiven =
      configuration.fileRoles[table.file] != nil || configuration.fileRoles[table.stem] != nil
    guard role == .modality, !isGiven else { return role }
    if ["label", "lables", "labeles"].contains(table.stem.lowercased()) { return .label }
    guard FileClassification.isNamedAsSideTable(table.stem) else { return role }
    notices.append(
      .warning(
        "not-an-assay",
        "By its name the file describes patients or outcomes; it is not taken as an assay and was "
          + "left out.", place: table.file,
        remedy: "write files: {\(table.file): covariates} (or modality, ignore) into cohort.yaml"))
    return .ignore
  }

  private mutating func add(
    _ table: TableFile, _ role: CohortConfiguration.Role
  ) throws(CohortError) {
    switch role {
    case .label:
      if let labels {
        throw CohortError(
          .badConfiguration, file: CohortConfiguration.fileName,
          found: "labels in both \(labels.file) and \(table.file)", expected: "one file of labels",
          remedy: "give one of the two the role ignore or covariates under files")
      }
      labels = table
    case .covariates: covariates.append(table)
    case .group: groups.append(table)
    case .modality: modalities.append(table)
    case .ignore: break
    }
  }

  private mutating func note(_ ignored: [String]) {
    if !ignored.isEmpty {
      notices.append(.note("ignored", "Ignored: \(ignored.joined(separator: ", "))."))
    }
    for file in unread {
      notices.append(
        .warning(
          "unread-file", "The file was not read: \(FileClassification.whyUnread(file)).",
          place: file,
          remedy: "\(FileClassification.remedy(file)), or write files: {\(file): "
            + "ignore} into cohort.yaml"))
    }
    if let labels, labels.stem != "labels" {
      notices.append(.note("labels-file", "Taken as the file of labels.", place: labels.file))
    }
  }

  /// Names in `cohort.yaml` must exist, since a typing error would go unseen.
  private func check(
    _ configuration: CohortConfiguration, _ files: [String]
  ) throws(CohortError) {
    let tables = modalities + covariates + groups + [labels].compactMap { $0 }
    let known = Set(files + files.compactMap { TableFileName($0)?.stem } + tables.map(\.stem))
    let named = [
      ("files", Array(configuration.fileRoles.keys)),
      ("columns", Array(configuration.columnRoles.keys)),
      ("orientation", Array(configuration.orientations.keys)),
    ]
    for (what, names) in named {
      for name in names.sorted() where !known.contains(name) {
        throw configuration.unknown(name, among: files, in: what)
      }
    }
    let stems = modalities.map(\.stem)
    for name in configuration.transforms.keys.sorted() where !stems.contains(name) {
      throw configuration.unknown(name, among: stems, in: "transforms")
    }
    for name in configuration.modalityOrder where !stems.contains(name) {
      throw configuration.unknown(name, among: stems, in: "modalities")
    }
  }

  /// Modalities to read, in the order of the result: as asked, else as configured, then by name.
  ///
  /// - Throws: `unknownModality` with the nearest name.
  func selected(
    _ asked: [String]?, _ configuration: CohortConfiguration
  ) throws(CohortError) -> [TableFile] {
    let stems = modalities.map(\.stem)
    // `modality.late` is how methods call `late`.
    let plain = asked?.map { name in stems.first { ReservedNames.name(of: $0) == name } ?? name }
    return try modalityOrder(plain, configuration.modalityOrder, among: stems)
      .compactMap { stem in modalities.first { $0.stem == stem } }
  }
}

/// Names of modalities in the order of the result: those asked for; else those that come first by
/// `cohort.yaml`, then the others.
///
/// - Throws: `unknownModality` with the nearest name.
func modalityOrder(
  _ asked: [String]?, _ first: [String], among known: [String]
) throws(CohortError) -> [String] {
  for name in asked ?? first where !known.contains(name) {
    throw .unknown(.unknownModality, name, among: known)
  }
  if let asked, asked.isEmpty {
    throw CohortError(.unknownModality, found: "none", expected: "at least one modality")
  }
  var seen = Set<String>()
  return ((asked ?? first) + (asked == nil ? known : [])).filter { seen.insert($0).inserted }
}
