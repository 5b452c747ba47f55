import LinearAlgebra

/// Reads downloads of the Genomic Data Commons: a sample sheet and one file of gene expression a sample,
/// in the folder or in one subfolder a file; `clinical.tsv` where it is there.
///
/// The modality `mrna` holds log2(TPM + 1) by Ensembl identifier without version. Primary tumors are
/// kept, one a case; normal tissue and the rest are left out with a warning.
struct GDCReader: CohortReader {
  let format = "gdc"
  let evidence = "a download of GDC with its sample sheet and files that begin with # gene-model"

  func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool {
    guard !files.fileNames.contains(where: CohortConfiguration.isName) else { return false }
    return try Self.sheet(files) != nil
  }

  private static func sheet(_ files: CohortFolder) throws(CohortError) -> String? {
    for file in files.fileNames where file.lowercased().hasSuffix(".tsv") {
      if GDCSampleSheet.isSheet(try files.head(of: file)) { return file }
    }
    return nil
  }

  func read(_ files: CohortFolder, _ request: CohortRequest) throws(CohortError) -> CohortParts {
    var parts = CohortParts()
    guard let name = try Self.sheet(files) else {
      throw CohortError(
        .missingFile, file: "gdc_sample_sheet.tsv", found: "no sample sheet",
        expected: "a table whose first columns are File ID and File Name",
        remedy: "download the sample sheet from the cart of GDC's portal")
    }
    let sheet = try GDCSampleSheet(try files.bytes(of: name), file: name, in: files)
    _ = try modalityOrder(request.modalities, [], among: [Self.modality])
    let entries = try chosen(sheet, files, &parts.notices)
    parts.modalities = [try expression(entries, files, sheet)]
    parts.modalityOrder = [Self.modality]
    var clinical = [ClinicalTable]()
    for file in files.fileNames where file != name && Self.isClinical(file) {
      clinical += try [GDCClinical.table(try files.bytes(of: file), file: file)].compactMap { $0 }
    }
    try ClinicalColumns(
      tables: clinical, measured: Set(parts.modalities.flatMap(\.patients)), folder: files,
      request: request
    ).add(to: &parts)
    return parts
  }

  private static let modality = "mrna"

  private static func isClinical(_ file: String) -> Bool {
    let name = TableFileName.withoutCompression(file).lowercased()
    return name.hasSuffix(".tsv")
      && ["clinical", "exposure", "follow_up", "family_history"].contains { name.hasPrefix($0) }
  }

  /// The files that are read: expression of one primary tumor a case, by sample and file name.
  private func chosen(
    _ sheet: GDCSampleSheet, _ files: CohortFolder, _ notices: inout [CohortNotice]
  ) throws(CohortError) -> [GDCSampleSheet.Entry] {
    if sheet.absentCount > 0 {
      notices.append(
        .warning(
          "missing-data-file",
          "\(sheet.absentCount) files of the sheet are not in the folder "
            + "(\(CohortError.listing(sheet.absent)))\(sheet.absentCount > 8 ? ", …" : "").",
          place: sheet.file, remedy: "download them with gdc-client"))
    }
    var (others, left) = (0, [String: Int]())
    var best = [String: GDCSampleSheet.Entry]()
    var further = 0
    var order = [String]()
    for entry in sheet.entries {
      guard GDCExpression.isExpression(try files.head(of: entry.path)) else {
        others += 1
        continue
      }
      guard entry.isPrimary else {
        left[entry.sampleType, default: 0] += 1
        continue
      }
      guard let other = best[entry.patient] else {
        best[entry.patient] = entry
        order.append(entry.patient)
        continue
      }
      further += 1
      let isBefore =
        entry.sample != other.sample
        ? entry.sample.precedes(other.sample) : entry.path.precedes(other.path)
      if isBefore { best[entry.patient] = entry }
    }
    note(sheet.file, others: others, left: left, further: further, &notices)
    guard !order.isEmpty else {
      throw CohortError(
        .noModality, file: sheet.file, found: "no file of a primary tumor's gene expression",
        expected: "files of the workflow STAR - Counts that the sample sheet names")
    }
    return order.sorted { $0.precedes($1) }.compactMap { best[$0] }
  }

  private func note(
    _ file: String, others: Int, left: [String: Int], further: Int,
    _ notices: inout [CohortNotice]
  ) {
    if others > 0 {
      notices.append(
        .note(
          "passed-over", "\(others) files are no gene expression and were not read.", place: file))
    }
    if !left.isEmpty {
      let list = left.keys.sorted().map { "\(left[$0] ?? 0) \($0.isEmpty ? "unnamed" : $0)" }
      notices.append(
        .warning(
          "other-samples",
          "\(left.values.reduce(0, +)) samples are no primary tumors and were left out: "
            + list.joined(separator: ", ") + ".", place: file))
    }
    if further > 0 {
      notices.append(
        .warning(
          "several-samples",
          "\(further) further file\(further == 1 ? "" : "s") of cases with several were left out; the "
            + "first sample by name was kept.", place: file))
    }
    notices.append(
      .note(
        "transform",
        "mrna is log2(x + 1) of tpm_unstranded, by Ensembl identifier without version.",
        place: file))
  }

  private func expression(
    _ entries: [GDCSampleSheet.Entry], _ files: CohortFolder, _ sheet: GDCSampleSheet
  ) throws(CohortError) -> MeasuredTable {
    var (genes, values) = ([String](), [Double]())
    for entry in entries {
      let sample = try GDCExpression(
        try files.bytes(of: entry.path), file: entry.path, known: genes)
      files.release(entry.path)
      guard !sample.genes.isEmpty else {
        throw CohortError(
          .malformedTable, file: entry.path, found: "no gene", expected: "at least one gene",
          remedy: "download the file again: it seems to end early")
      }
      if genes.isEmpty { genes = sample.genes }
      guard sample.genes == genes else {
        throw CohortError(
          .malformedTable, file: entry.path,
          found: "other genes, or genes in another order, than in \(entries[0].path)",
          expected: "files of one gene model",
          remedy: "download all files from the same release of GDC")
      }
      values += sample.values
    }
    return try MeasuredTable(
      name: Self.modality, file: sheet.file, patients: entries.map(\.patient), features: genes,
      values: Matrix(rows: entries.count, columns: genes.count, values: values))
  }
}

/// Clinical tables of GDC: several rows a case, one for each treatment or diagnosis.
enum GDCClinical {
  /// One row a case, with the columns in which all rows of each case agree; nil where the table has no
  /// column of cases.
  ///
  /// - Throws: `malformedTable`.
  static func table(_ bytes: [UInt8], file: String) throws(CohortError) -> ClinicalTable? {
    let table = try TextTable(try TabbedText(bytes, file: file))
    let keys = ["case_submitter_id", "cases.submitter_id", "submitter_id", "bcr_patient_barcode"]
    guard let key = keys.compactMap({ table.position(of: $0) }).first else { return nil }
    var (rowsOf, patients) = ([String: [Int]](), [String]())
    for row in table.rows.indices where !table.cell(row, key).isEmpty {
      let patient = table.cell(row, key)
      if rowsOf[patient] == nil { patients.append(patient) }
      rowsOf[patient, default: []].append(row)
    }
    var columns = [ClinicalTable.Column]()
    for column in table.header.indices where column != key && !table.header[column].isEmpty {
      var (texts, agrees) = ([String?](), true)
      for patient in patients {
        let cells = (rowsOf[patient] ?? []).map { ClinicalTable.value(table.cell($0, column)) }
        let present = Set(cells.compactMap { $0 })
        if present.count > 1 { agrees = false }
        texts.append(present.first)
      }
      if agrees {
        columns.append(ClinicalTable.Column(name: shortName(table, column), texts: texts))
      }
    }
    return ClinicalTable(file: file, patients: patients, columns: columns)
  }

  /// `diagnoses.ajcc_pathologic_stage` is `ajcc_pathologic_stage` where no other column is.
  private static func shortName(_ table: TextTable, _ column: Int) -> String {
    func short(_ name: String) -> Substring { name.split(separator: ".").last ?? name[...] }
    let name = short(table.header[column])
    return table.header.count { short($0) == name } == 1 ? String(name) : table.header[column]
  }
}
