/// Reads folders of matrices from UCSC Xena: the first header cell is `Sample` or `sample` (hubs of GDC
/// data: `Ensembl_ID`), samples are in columns, names are barcodes.
///
/// Primary tumors are kept, one a patient; metastases and normal tissue are left out with a warning.
/// Files with a row a sample (`…clinicalMatrix`, phenotype and survival files) give the label by
/// `--label` and covariates. Sidecars (`.json`) are passed over.
struct XenaReader: CohortReader {
  let format = "xena"
  let evidence =
    "a folder of UCSC Xena matrices whose first header cell is Sample and whose others are barcodes"

  func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool {
    guard !StudyMatrix.isOwnFolder(files) else { return false }
    for file in StudyMatrix.files(files) {
      let fields = HeadLine.fields(try files.head(of: file), separator: UInt8(ascii: "\t"))
      if Self.isMatrix(fields) { return true }
    }
    return false
  }

  /// Whether a header is that of a matrix with samples in columns.
  private static func isMatrix(_ fields: [String]) -> Bool {
    ["sample", "ensembl_id"].contains(fields.first?.lowercased() ?? "")
      && HeadLine.areBarcodes(fields)
  }

  private enum Kind { case matrix, transposed, clinical }

  func read(_ files: CohortFolder, _ request: CohortRequest) throws(CohortError) -> CohortParts {
    var parts = CohortParts()
    var matrices = [(name: String, text: TabbedText, kind: Kind)]()
    var clinical = [ClinicalTable]()
    for file in StudyMatrix.files(files) {
      let fields = HeadLine.fields(try files.head(of: file), separator: UInt8(ascii: "\t"))
      guard fields.count > 1 else {
        parts.notices.append(
          .warning(
            "unread-file", "The file was not read: it is no table separated by tabs.", place: file))
        continue
      }
      let text = try TabbedText(try files.bytes(of: file), file: file)
      files.release(file)
      switch try kind(file, fields, text) {
      case .clinical: clinical.append(StudyMatrix.clinical(try TextTable(text)))
      case let kind: matrices.append((StudyMatrix.stem(file), text, kind))
      }
    }
    guard !matrices.isEmpty else {
      throw CohortError(
        .noModality, found: "no matrix with samples in columns",
        expected: "a file of UCSC Xena whose first header cell is Sample")
    }
    let order = try modalityOrder(request.modalities, [], among: matrices.map(\.name))
    for matrix in matrices where order.contains(matrix.name) {
      parts.modalities.append(
        matrix.kind == .matrix
          ? try StudyMatrix.measured(matrix.text, name: matrix.name)
          : try turned(matrix.text, name: matrix.name))
    }
    parts.modalityOrder = order
    try ClinicalColumns(
      tables: clinical, measured: Set(parts.modalities.flatMap(\.patients)), folder: files,
      request: request
    ).add(to: &parts)
    return parts
  }

  /// What a file is by its header, and where that does not show it, by its name and its cells.
  private func kind(
    _ file: String, _ fields: [String], _ text: TabbedText
  ) throws(CohortError) -> Kind {
    if Self.isMatrix(fields) { return .matrix }
    let name = file.lowercased()
    let isNamedClinical = ["clinical", "phenotype", "survival", "pheno"].contains {
      name.contains($0)
    }
    let corner = fields[0].lowercased()
    if isNamedClinical || corner == "sampleid" || fields.contains("_PATIENT") { return .clinical }
    let rows = text.content.dropFirst().prefix(50)
    var (barcodes, texts) = (0, 0)
    for line in rows {
      let cells = try text.fields(line)
      if TCGABarcode(cells[0]) != nil { barcodes += 1 }
      texts += cells.dropFirst().count { !CellText.isMissing($0) && CellText.number($0) == nil }
    }
    guard barcodes > 0, 2 * barcodes > rows.count else { return .matrix }
    return texts > 0 ? .clinical : .transposed
  }

  /// A matrix with samples in rows.
  private func turned(_ text: TabbedText, name: String) throws(CohortError) -> MeasuredTable {
    let content = text.content
    guard let first = content.first else { throw text.malformed(found: "an empty file") }
    let header = try text.fields(first)
    let matrix = try FeatureMatrix(
      text, rows: content.dropFirst(),
      FeatureMatrix.Layout(header: header, keys: [0], samples: Array(1..<header.count)))
    let samples = PrimarySamples(matrix.keys[0], file: text.file)
    var table = try MeasuredTable(
      name: name, file: text.file, patients: samples.names, features: matrix.samples,
      values: matrix.numbers.selecting(rows: samples.positions))
    table.notices += text.notices + samples.notices
    return table
  }
}
