/// Reads study folders of cBioPortal: tables named in `meta_*.txt`, clinical files, `case_lists`.
///
/// Patients are those of the clinical sample file that have an assay; of several samples the primary
/// one counts. The label is any clinical column that `--label` names, the others are covariates. Source:
/// cBioPortal's documentation of file formats.
struct CBioPortalReader: CohortReader {
  let format = "cbioportal"
  let evidence = "a study folder of cBioPortal with meta_study.txt and other meta_*.txt"

  func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool {
    guard !files.fileNames.contains(where: CohortConfiguration.isName) else { return false }
    for file in Self.metaFiles(files) {
      let head = try files.head(of: file)
      guard !head.contains(0) else { continue }
      let text = String(decoding: head, as: UTF8.self)
      if text.contains("cancer_study_identifier:"),
        text.contains("genetic_alteration_type:") || file == "meta_study.txt"
      {
        return true
      }
    }
    return false
  }

  private static func metaFiles(_ folder: CohortFolder) -> [String] {
    folder.fileNames.filter {
      $0.lowercased().hasPrefix("meta_") && $0.lowercased().hasSuffix(".txt")
    }
  }

  func read(_ files: CohortFolder, _ request: CohortRequest) throws(CohortError) -> CohortParts {
    var parts = CohortParts()
    var metas = try metas(files)
    if let study = metas.first(where: { $0.file.lowercased() == "meta_study.txt" }) {
      parts.configuration.details.title = study["name"].isEmpty ? nil : study["name"]
      parts.configuration.details.source =
        "cBioPortal study \(study["cancer_study_identifier"])"
        + (study["citation"].isEmpty ? "" : ", " + study["citation"])
    }
    metas.removeAll { $0.alterationType.isEmpty }
    let clinical = metas.filter { $0.alterationType == "CLINICAL" }
    let profiles = try profiles(metas, files, request, &parts.notices)

    let order = try modalityOrder(request.modalities, [], among: profiles.map(\.name))
    let sequenced = request.readsMutations ? try sequencedSamples(files) : []
    var tables = [CBioPortalTable]()
    for profile in profiles where order.contains(profile.name) {
      let bytes = try files.bytes(of: profile.meta.dataFile)
      tables.append(try CBioPortalTable(profile, bytes: bytes, sequenced: sequenced))
      files.release(profile.meta.dataFile)
    }
    let (patientFile, sampleFile) = try clinicalFiles(clinical, files)
    let samples = try CBioPortalSamples(sampleFile, tables: tables)
    parts.notices += samples.notices
    for table in tables { parts.modalities.append(try samples.measured(table)) }
    parts.modalityOrder = order
    let measured = Set(parts.modalities.flatMap(\.patients))
    try ClinicalColumns(
      tables: try [samples.clinical, patientFile.map(patientTable)].compactMap { $0 },
      measured: measured, folder: files, request: request
    ).add(to: &parts)
    noteUnread(files, metas, &parts)
    return parts
  }

  private func metas(_ files: CohortFolder) throws(CohortError) -> [CBioPortalMeta] {
    var metas = [CBioPortalMeta]()
    for file in Self.metaFiles(files) {
      if let meta = try CBioPortalMeta(try files.bytes(of: file), file: file) { metas.append(meta) }
    }
    guard !metas.isEmpty else {
      throw CohortError(
        .missingFile, found: "no meta_*.txt",
        expected: "meta_study.txt and a meta file for each table, as cBioPortal has them",
        remedy: "download the whole study, or read it as a folder with --format folder")
    }
    return metas
  }

  private func profiles(
    _ metas: [CBioPortalMeta], _ files: CohortFolder, _ request: CohortRequest,
    _ notices: inout [CohortNotice]
  ) throws(CohortError) -> [CBioPortalProfile] {
    var present = [CBioPortalMeta]()
    for meta in metas where meta.alterationType != "CLINICAL" {
      if files.fileNames.contains(meta.dataFile) {
        present.append(meta)
      } else {
        notices.append(
          .warning(
            "missing-data-file",
            "The file \(CohortError.quoting(meta.dataFile)) is not there and was not read.",
            place: meta.file, remedy: "download the study again with all its files"))
      }
    }
    let profiles = try CBioPortalProfile.chosen(present, request, &notices)
    guard !profiles.isEmpty else {
      throw CohortError(
        .noModality, found: "no table of measurements among \(metas.count) meta files",
        expected: "expression, copy numbers, methylation, proteins or a generic assay",
        remedy: "download the study with its data files")
    }
    return profiles
  }

  // MARK: - Clinical files

  private func clinicalFiles(
    _ metas: [CBioPortalMeta], _ files: CohortFolder
  ) throws(CohortError) -> (patients: TextTable?, samples: TextTable?) {
    var names = metas.map(\.dataFile).filter { files.fileNames.contains($0) }
    // Files whose meta file was lost are still named by convention.
    names += files.fileNames.filter { $0.hasPrefix("data_clinical") && !names.contains($0) }
    var (patients, samples): (TextTable?, TextTable?)
    for name in names {
      let table = try TextTable(try TabbedText(try files.bytes(of: name), file: name))
      guard table.position(of: "PATIENT_ID") != nil else { continue }
      if table.position(of: "SAMPLE_ID") != nil {
        samples = samples ?? table
      } else {
        patients = patients ?? table
      }
    }
    return (patients, samples)
  }

  private func patientTable(_ table: TextTable) throws(CohortError) -> ClinicalTable {
    let key = table.position(of: "PATIENT_ID") ?? 0
    let patients = table.rows.indices.map { table.cell($0, key) }
    var rows = [String: Int]()
    for (row, patient) in patients.enumerated() {
      if let other = rows.updateValue(row, forKey: patient) {
        throw CohortError(
          .duplicateSample, file: table.file, line: table.lines[row], patient: patient,
          found: "the patient in lines \(table.lines[other]) and \(table.lines[row])")
      }
    }
    return ClinicalTable(
      file: table.file, patients: patients,
      columns: table.header.indices.filter { $0 != key }.map { column in
        ClinicalTable.Column(
          name: table.header[column],
          texts: table.rows.indices.map { ClinicalTable.value(table.cell($0, column)) })
      })
  }

  // MARK: - Other files

  /// The samples of `case_lists/cases_sequenced.txt`.
  private func sequencedSamples(_ files: CohortFolder) throws(CohortError) -> [String] {
    guard files.folderNames.contains("case_lists"),
      let list = try files.fileNames(in: "case_lists").first(where: {
        $0.hasSuffix("cases_sequenced.txt")
      }), let meta = try CBioPortalMeta(try files.bytes(of: list), file: list)
    else { return [] }
    return meta["case_list_ids"].split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private func noteUnread(
    _ files: CohortFolder, _ metas: [CBioPortalMeta], _ parts: inout CohortParts
  ) {
    let named = Set(metas.map(\.dataFile))
    let left =
      files.fileNames.filter {
        !named.contains($0) && !Self.metaFiles(files).contains($0)
          && !FileClassification.isDocumentation($0) && !$0.hasPrefix("data_clinical")
          && TableFileName($0)?.stem.lowercased() != "labels"
      } + files.folderNames.map { $0 + "/" }
    guard !left.isEmpty else { return }
    parts.notices.append(
      .note("ignored", "No meta file names them: \(CohortError.listing(left))."))
  }
}
