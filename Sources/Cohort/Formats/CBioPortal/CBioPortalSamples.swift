/// Which sample stands for each patient of a cBioPortal study.
struct CBioPortalSamples {
  /// Rows of the clinical sample file; nil where the study has none.
  private let table: TextTable?
  private let sampleColumn: Int
  private let patientColumn: Int
  private let typeColumn: Int?
  /// Row of each sample.
  private let rowOfSample: [String: Int]
  /// Chosen sample of each patient with an assay.
  private(set) var sampleOfPatient = [String: String]()
  /// Patients with an assay, in the order of the sample file (else of the assays).
  private(set) var patients = [String]()
  private(set) var notices = [CohortNotice]()

  /// Chooses among the samples that occur in any assay: a patient's only one, else the primary one.
  ///
  /// - Throws: `duplicateSample` where a patient has several samples and not exactly one is primary,
  ///   naming them; `malformedTable` where the sample file lacks its columns.
  init(_ table: TextTable?, tables: [CBioPortalTable]) throws(CohortError) {
    self.table = table
    guard let table else {
      (sampleColumn, patientColumn, typeColumn, rowOfSample) = (0, 0, nil, [:])
      for name in tables.flatMap(\.samples)
      where sampleOfPatient.updateValue(name, forKey: name) == nil {
        patients.append(name)
      }
      notices.append(
        .note("no-sample-file", "Without a clinical sample file each sample counts as a patient."))
      return
    }
    guard let sample = table.position(of: "SAMPLE_ID"),
      let patient = table.position(of: "PATIENT_ID")
    else {
      throw CohortError(
        .malformedTable, file: table.file,
        found: CohortError.listing(table.header.prefix(6).map(CohortError.quoting)),
        expected: "columns PATIENT_ID and SAMPLE_ID")
    }
    (sampleColumn, patientColumn) = (sample, patient)
    typeColumn = table.position(of: "SAMPLE_TYPE")
    var rows = [String: Int]()
    for row in table.rows.indices {
      let name = table.cell(row, sample)
      guard !name.isEmpty, !table.cell(row, patient).isEmpty else {
        throw CohortError(
          .emptyName, file: table.file, line: table.lines[row], found: "an empty identifier")
      }
      if let other = rows.updateValue(row, forKey: name) {
        throw CohortError(
          .duplicateSample, file: table.file, line: table.lines[row], patient: name,
          found: "the sample in lines \(table.lines[other]) and \(table.lines[row])")
      }
    }
    rowOfSample = rows
    try choose(tables)
  }

  private mutating func choose(_ tables: [CBioPortalTable]) throws(CohortError) {
    guard let table else { return }
    var inAssays = Set<String>()
    var patientsOfAssays = Set<String>()
    for assay in tables {
      if assay.isPatientLevel {
        patientsOfAssays.formUnion(assay.samples)
        continue
      }
      let strangers = assay.samples.filter { rowOfSample[$0] == nil }
      if !strangers.isEmpty {
        notices.append(
          .warning(
            "partial-join",
            "\(strangers.count) of \(assay.samples.count) columns are no samples of \(table.file) and "
              + "were left out (\(CohortError.listing(strangers.map(CohortError.quoting)))).",
            place: assay.profile.meta.dataFile))
      }
      inAssays.formUnion(assay.samples)
    }
    var rowsOfPatient = [String: [Int]]()
    var order = [String]()
    for row in table.rows.indices {
      let patient = table.cell(row, patientColumn)
      let isMeasured = inAssays.contains(table.cell(row, sampleColumn))
      guard isMeasured || patientsOfAssays.contains(patient) else { continue }
      if rowsOfPatient[patient] == nil { order.append(patient) }
      rowsOfPatient[patient, default: []] += isMeasured ? [row] : []
    }
    var (further, undecided) = (0, [String]())
    for patient in order {
      let rows = rowsOfPatient[patient] ?? []
      let primary = rows.filter(isPrimary)
      let chosen = rows.count <= 1 ? rows : primary
      guard chosen.count <= 1, chosen.count == min(1, rows.count) else {
        let names = rows.map { table.cell($0, sampleColumn) }.joined(separator: ", ")
        undecided.append("\(patient): \(names)")
        continue
      }
      further += rows.count - chosen.count
      patients.append(patient)
      if let row = chosen.first { sampleOfPatient[patient] = table.cell(row, sampleColumn) }
    }
    guard undecided.isEmpty else { throw severalSamples(undecided, table) }
    if further > 0 {
      notices.append(
        .warning(
          "several-samples",
          "\(further) further sample\(further == 1 ? "" : "s") of patients with several were left out; "
            + "the primary one was kept.", place: table.file))
    }
  }

  private func severalSamples(_ undecided: [String], _ table: TextTable) -> CohortError {
    CohortError(
      .duplicateSample, file: table.file,
      found: "several samples of \(undecided.count) patient\(undecided.count == 1 ? "" : "s"): "
        + undecided.prefix(8).joined(separator: "; ") + (undecided.count > 8 ? "; …" : ""),
      expected: "one sample a patient, or one whose SAMPLE_TYPE is Primary",
      remedy: "remove the rows of the other samples from \(table.file)")
  }

  private func isPrimary(_ row: Int) -> Bool {
    guard let table, let typeColumn else { return false }
    return table.cell(row, typeColumn).lowercased().hasPrefix("primary")
  }

  /// The assay by patient: columns of chosen samples, in the order of patients.
  ///
  /// - Throws: what ``MeasuredTable`` throws; `noOverlap` where no column is a sample of the study.
  func measured(_ assay: CBioPortalTable) throws(CohortError) -> MeasuredTable {
    var columnOf = [String: Int]()
    for (column, name) in assay.samples.enumerated() { columnOf[name] = column }
    var (names, columns) = ([String](), [Int]())
    for patient in patients {
      guard let name = assay.isPatientLevel ? patient : sampleOfPatient[patient],
        let column = columnOf[name]
      else { continue }
      names.append(patient)
      columns.append(column)
    }
    guard !names.isEmpty else {
      throw CohortError(
        .noOverlap, file: assay.profile.meta.dataFile,
        found: assay.samples.first.map(CohortError.quoting),
        expected: "samples of the clinical sample file",
        remedy: "download the study again, or leave the file out with --modalities")
    }
    return try assay.measured(patients: names, columns: columns)
  }

  /// The clinical columns of the chosen samples; patients without an assay with their first sample.
  var clinical: ClinicalTable? {
    guard let table else { return nil }
    var rows = [Int]()
    var seen = Set<String>()
    for row in table.rows.indices {
      let patient = table.cell(row, patientColumn)
      let chosen = sampleOfPatient[patient].flatMap { rowOfSample[$0] } ?? row
      if seen.insert(patient).inserted { rows.append(chosen) }
    }
    return ClinicalTable(
      file: table.file, patients: rows.map { table.cell($0, patientColumn) },
      columns: table.header.indices.filter { $0 != patientColumn && $0 != sampleColumn }
        .map { column in
          ClinicalTable.Column(
            name: table.header[column],
            texts: rows.map { ClinicalTable.value(table.cell($0, column)) })
        })
  }
}
