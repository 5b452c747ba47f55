import Foundation

/// Reads folders of LinkedOmics: `.cct` (numbers), `.cbt` (0/1) and `.tsi` (clinical), all with
/// `attrib_name` as first header cell and a column a sample; a row `data_type` is left out.
///
/// A modality is named by the fourth part of LinkedOmics' file names
/// (`Human__TCGA_BRCA__UNC__RNAseq__…` is `RNAseq`) where that is there and occurs once, else by the
/// file's stem.
struct LinkedOmicsReader: CohortReader {
  let format = "linkedomics"
  let evidence = "a folder of LinkedOmics with tables whose first header cell is attrib_name"

  func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool {
    guard !StudyMatrix.isOwnFolder(files) else { return false }
    for file in StudyMatrix.files(files) {
      if try isTable(file, files) { return true }
    }
    return false
  }

  private func isTable(_ file: String, _ files: CohortFolder) throws(CohortError) -> Bool {
    HeadLine.fields(try files.head(of: file), separator: UInt8(ascii: "\t")).first == "attrib_name"
  }

  func read(_ files: CohortFolder, _ request: CohortRequest) throws(CohortError) -> CohortParts {
    var parts = CohortParts()
    var (matrices, clinical) = ([TabbedText](), [ClinicalTable]())
    for file in StudyMatrix.files(files) {
      guard try isTable(file, files) else {
        parts.notices.append(
          .warning(
            "unread-file", "The file was not read: its first header cell is not attrib_name.",
            place: file))
        continue
      }
      let text = try TabbedText(try files.bytes(of: file), file: file)
      files.release(file)
      if try isClinical(text) {
        clinical.append(try clinicalTable(text))
      } else {
        matrices.append(text)
      }
    }
    guard !matrices.isEmpty else {
      throw CohortError(
        .noModality, found: "no table of measurements",
        expected: "a .cct or .cbt file of LinkedOmics")
    }
    let names = Self.names(matrices.map(\.file))
    let order = try modalityOrder(request.modalities, [], among: names)
    for (text, name) in zip(matrices, names) where order.contains(name) {
      parts.modalities.append(
        try StudyMatrix.measured(text, name: name) { $0.lowercased() == "data_type" })
    }
    parts.modalityOrder = order
    try ClinicalColumns(
      tables: clinical, measured: Set(parts.modalities.flatMap(\.patients)), folder: files,
      request: request
    ).add(to: &parts)
    return parts
  }

  /// Whether a table holds texts: `.tsi`, or a row of texts other than `data_type`.
  private func isClinical(_ text: TabbedText) throws(CohortError) -> Bool {
    if TableFileName.withoutCompression(text.file).lowercased().hasSuffix(".tsi") { return true }
    for line in text.content.dropFirst().prefix(50) {
      let cells = try text.fields(line)
      guard cells[0].lowercased() != "data_type" else { continue }
      let present = cells.dropFirst().filter { !ClinicalTable.missing.contains($0) }
      if present.count > 1, present.allSatisfy({ CellText.number($0) == nil }) { return true }
    }
    return false
  }

  /// Attributes in rows, patients in columns.
  private func clinicalTable(_ text: TabbedText) throws(CohortError) -> ClinicalTable {
    let table = try TextTable(text)
    let names = table.header.indices.dropFirst().filter {
      !table.header[$0].isEmpty && table.header[$0].lowercased() != "data_type"
    }
    let samples = PrimarySamples(names.map { table.header[$0] }, file: text.file)
    var seen = Set<String>()
    var columns = [ClinicalTable.Column]()
    for row in table.rows.indices {
      let name = table.cell(row, 0)
      guard !name.isEmpty, name.lowercased() != "data_type" else { continue }
      guard seen.insert(name).inserted else {
        throw CohortError(
          .duplicateFeature, file: text.file, line: table.lines[row], columnName: name,
          found: "a second row of that name")
      }
      columns.append(
        ClinicalTable.Column(
          name: name,
          texts: samples.positions.map { ClinicalTable.value(table.cell(row, names[$0])) }))
    }
    return ClinicalTable(file: text.file, patients: samples.names, columns: columns)
  }

  private static func names(_ files: [String]) -> [String] {
    let stems = files.map(StudyMatrix.stem)
    let parts = stems.map { stem -> String? in
      let parts = stem.components(separatedBy: "__")
      return parts.count >= 5 ? parts[3] : nil
    }
    return stems.indices.map { index in
      guard let part = parts[index], !part.isEmpty, parts.count(where: { $0 == part }) == 1 else {
        return stems[index]
      }
      return part
    }
  }
}
