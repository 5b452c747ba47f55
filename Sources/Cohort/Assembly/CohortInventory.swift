/// The tables of a cohort's folder by role, before any is read.
struct CohortInventory: Sendable {
  /// One table and what its name tells.
  struct TableFile: Equatable, Sendable {
    let file: String
    let name: TableFileName
    var stem: String { name.stem }
  }

  private(set) var labels: TableFile?
  private(set) var covariates = [TableFile]()
  private(set) var groups = [TableFile]()
  /// By file name.
  private(set) var modalities = [TableFile]()
  private(set) var notices = [CohortNotice]()

  /// Sorts entries by role.
  ///
  /// - Throws: `duplicateFile` if a stem occurs twice, `badConfiguration` if `cohort.yaml` names
  ///   a file that is not there or two files of labels.
  init(_ entries: [CohortFileEntry], _ configuration: CohortConfiguration) throws(CohortError) {
    var ignored = [String]()
    var fileOfStem = [String: String]()
    for entry in entries where entry.name != CohortConfiguration.fileName {
      guard !entry.isFolder, !Self.isDocumentation(entry.name),
        let name = TableFileName(entry.name)
      else {
        ignored.append(entry.isFolder ? entry.name + "/" : entry.name)
        continue
      }
      let table = TableFile(file: entry.name, name: name)
      let role = configuration.role(of: entry.name, stem: name.stem)
      if role == .ignore {
        ignored.append(entry.name)
        continue
      }
      if let other = fileOfStem.updateValue(entry.name, forKey: name.stem) {
        throw CohortError(.duplicateFile, file: entry.name, found: "\(other) and \(entry.name)")
      }
      try add(table, role)
    }
    if !ignored.isEmpty {
      notices.append(.note("ignored", "Ignored: \(ignored.joined(separator: ", "))."))
    }
    try check(configuration, entries)
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

  /// Names in `cohort.yaml` must exist, since a typing error would go unseen.
  private func check(
    _ configuration: CohortConfiguration, _ entries: [CohortFileEntry]
  ) throws(CohortError) {
    let files = entries.filter { !$0.isFolder }.map(\.name)
    let known = Set(files + files.compactMap { TableFileName($0)?.stem })
    let named = [
      ("files", Array(configuration.fileRoles.keys)),
      ("columns", Array(configuration.columnRoles.keys)),
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
    let first = asked ?? configuration.modalityOrder
    for name in first where !stems.contains(name) {
      throw .unknown(.unknownModality, name, among: stems)
    }
    if let asked, asked.isEmpty {
      throw CohortError(.unknownModality, found: "none", expected: "at least one modality")
    }
    let order = first + (asked == nil ? stems : [])
    var seen = Set<String>()
    return order.filter { seen.insert($0).inserted }.compactMap { stem in
      modalities.first { $0.stem == stem }
    }
  }

  private static func isDocumentation(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "SHA256SUMS"
      || ["README", "LICENSE", "LICENCE"].contains { name.hasPrefix($0) }
  }
}
