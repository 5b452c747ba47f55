/// Columns that describe patients in a study's own clinical file.
struct ClinicalTable {
  /// One column.
  struct Column {
    let name: String
    /// One text a patient; missing is nil.
    let texts: [String?]
  }

  /// File name, for messages.
  let file: String
  /// Patients, each once.
  let patients: [String]
  let columns: [Column]

  /// Words for missing in clinical files of TCGA, GDC and cBioPortal.
  static let missing = MissingWords([
    "'--", "--", "[Not Available]", "[Not Applicable]", "[Unknown]", "[Not Evaluated]",
    "[Discrepancy]", "[Completed]", "[Pending]", "[Not Reported]", "N/A", "n/a", "#N/A", "na",
    "not reported", "Not Reported", "null", "NULL", "None",
  ])

  /// A cell, nil where it stands for missing.
  static func value(_ cell: String) -> String? { missing.contains(cell) ? nil : cell }
}

/// Turns a study's clinical columns into labels and covariates: the label is the one that `--label`
/// names, whatever its case; a `labels.csv` beside the study's files comes first.
struct ClinicalColumns {
  /// Tables; of columns with one name the first counts.
  let tables: [ClinicalTable]
  /// Patients with at least one assay.
  let measured: Set<String>
  let folder: CohortFolder
  let request: CohortRequest
  /// Whether a `labels.csv` in the folder gives the labels.
  var hasLabelsFile = true

  /// Fills in labels, covariates and what to say of them.
  ///
  /// - Throws: `unknownColumn` where labels are required and no column is named, or one that is not
  ///   there; what reading `labels.csv` throws.
  func add(to parts: inout CohortParts) throws(CohortError) {
    let own = try labelsFile(&parts)
    let label = own == nil ? try labelColumn() : nil
    parts.labels = own ?? labels(label)
    noteAbsent(&parts)
    var seen = Set<String>()
    if let label { seen.insert(label.name.lowercased()) }
    if let own { seen.formUnion(own.columns.map { $0.name.lowercased() }) }
    for table in tables {
      let (columns, identifying) = columns(of: table, &seen, &parts)
      let rows = table.patients.indices.filter { measured.contains(table.patients[$0]) }
      guard !rows.isEmpty, !columns.isEmpty || !identifying.isEmpty else { continue }
      let patients = rows.map { table.patients[$0] }
      func side(_ column: ClinicalTable.Column, _ role: CohortConfiguration.Role)
        -> SideTable.Column
      {
        var result = SideTable.Column(name: column.name, texts: rows.map { column.texts[$0] })
        result.role = role
        return result
      }
      parts.covariates.append(
        SideTable(
          file: table.file, identifiers: patients, patients: patients, lines: nil,
          columns: columns.map { side($0, .covariates) } + identifying.map { side($0, .group) }))
    }
  }

  // MARK: - Labels

  private func labelsFile(_ parts: inout CohortParts) throws(CohortError) -> SideTable? {
    guard hasLabelsFile,
      let file = folder.fileNames.first(where: {
        TableFileName($0)?.stem.lowercased() == "labels"
      }), let name = TableFileName(file)
    else { return nil }
    let table = try FolderTables(
      folder: folder, request: request, configuration: parts.configuration
    ).side(
      CohortInventory.TableFile(file: file, stem: name.stem, format: nil, name: name),
      known: .none)
    parts.notices.append(.note("labels-file", "Labels are taken from it.", place: file))
    return byPatient(table)
  }

  /// The labels with barcodes of samples read as those of their patients, where only these have assays;
  /// as they are where two would become one.
  private func byPatient(_ table: SideTable) -> SideTable {
    let patients = table.patients.map { name -> String in
      guard !measured.contains(name), let barcode = TCGABarcode(name),
        measured.contains(barcode.patient)
      else { return name }
      return barcode.patient
    }
    guard patients != table.patients, Set(patients).count == patients.count else { return table }
    return SideTable(
      file: table.file, identifiers: patients, patients: patients, lines: table.lines,
      columns: table.columns)
  }

  private struct Label {
    let name: String
    let table: ClinicalTable
    let texts: [String?]
  }

  /// The column named by `--label`, else one named `label`; nil where there is none and none is needed.
  private func labelColumn() throws(CohortError) -> Label? {
    let all = tables.flatMap { table in
      table.columns.map { Label(name: $0.name, table: table, texts: $0.texts) }
    }
    let name = request.labelColumn ?? "label"
    if let found = all.first(where: { $0.name == name })
      ?? all.first(where: { $0.name.lowercased() == name.lowercased() })
    {
      return found
    }
    guard request.labels != .ignored else { return nil }
    var names = [String]()
    for column in all where !names.contains(column.name) { names.append(column.name) }
    if request.labelColumn != nil { throw .unknown(.unknownColumn, name, among: names) }
    guard request.labels == .required else { return nil }
    guard !all.isEmpty else {
      throw CohortError(
        .missingFile, file: "labels.csv", found: "no clinical file with a label",
        expected: "labels.csv with the columns sample and label beside the study's files",
        remedy: "write one line a patient: its identifier and its class")
    }
    throw CohortError(
      .unknownColumn, found: "no label named",
      expected: "one of the clinical columns " + CohortError.listing(suited(names)),
      remedy: "name it, such as --label \(suited(names).first ?? "SUBTYPE")")
  }

  /// Columns with names of subtypes first, since a message names but a few.
  private func suited(_ names: [String]) -> [String] {
    let likely = names.filter {
      $0.lowercased().contains("type") || $0.lowercased().contains("class")
    }
    let subtypes = likely.filter { $0.lowercased().contains("subtype") }
    var result = [String]()
    for name in subtypes + likely + names where !result.contains(name) { result.append(name) }
    return result
  }

  private func labels(_ label: Label?) -> SideTable? {
    guard let label else { return nil }
    let rows = label.table.patients.indices.filter { measured.contains(label.table.patients[$0]) }
    let patients = rows.map { label.table.patients[$0] }
    var column = SideTable.Column(name: label.name, texts: rows.map { label.texts[$0] })
    column.role = .label
    return SideTable(
      file: label.table.file, identifiers: patients, patients: patients, lines: nil,
      columns: [column])
  }

  private func noteAbsent(_ parts: inout CohortParts) {
    for table in tables {
      let absent = table.patients.filter { !measured.contains($0) }
      guard !absent.isEmpty else { continue }
      parts.notices.append(
        .note(
          "without-assay",
          "\(absent.count) of \(table.patients.count) patients have no assay and were left out "
            + "(\(CohortError.listing(absent))).", place: table.file))
    }
  }

  // MARK: - Covariates

  /// Columns that describe patients, and those that name them, which serve filters and groups only.
  private func columns(
    of table: ClinicalTable, _ seen: inout Set<String>, _ parts: inout CohortParts
  ) -> (covariates: [ClinicalTable.Column], identifying: [ClinicalTable.Column]) {
    var (kept, identifying) = ([ClinicalTable.Column](), [ClinicalTable.Column]())
    var (empty, repeated) = ([String](), [String]())
    for column in table.columns where !isLabel(column, table, parts) {
      let present = column.texts.compactMap { $0 }
      if present.isEmpty {
        empty.append(column.name)
      } else if !seen.insert(column.name.lowercased()).inserted {
        repeated.append(column.name)
      } else if isIdentifying(present) {
        identifying.append(column)
      } else {
        kept.append(column)
      }
    }
    note("empty-columns", "Columns without a value left out", empty, table, &parts)
    note("repeated-columns", "Columns that another file has too left out", repeated, table, &parts)
    note(
      "identifying-columns",
      "Columns that name patients rather than describe them are no covariates",
      identifying.map(\.name), table, &parts)
    return (kept, identifying)
  }

  private func isLabel(
    _ column: ClinicalTable.Column, _ table: ClinicalTable, _ parts: CohortParts
  ) -> Bool {
    parts.labels?.file == table.file
      && parts.labels?.columns.contains { $0.name == column.name && $0.role == .label } == true
  }

  /// Texts most of which occur once: identifiers, dates, free text.
  private func isIdentifying(_ texts: [String]) -> Bool {
    let distinct = Set(texts)
    return texts.count >= 10 && 2 * distinct.count > texts.count && distinct.count > 8
      && !distinct.allSatisfy { CellText.number($0) != nil }
  }

  private func note(
    _ code: String, _ message: String, _ names: [String], _ table: ClinicalTable,
    _ parts: inout CohortParts
  ) {
    guard !names.isEmpty else { return }
    parts.notices.append(
      .note(code, "\(message): \(CohortError.listing(names)).", place: table.file))
  }
}
