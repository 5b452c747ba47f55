/// Reads folders of MLOmics: matrices with features in rows and dotted barcodes (`TCGA.5T.A9QA.01`) in
/// the header, and a file of labels without identifiers, in the order of the columns.
///
/// All matrices must have the same columns in the same order, since nothing else joins the labels.
struct MLOmicsReader: CohortReader {
  let format = "mlomics"
  let evidence =
    "a folder of MLOmics with matrices of dotted barcodes and a file of labels without identifiers"

  private static let comma = UInt8(ascii: ",")

  func recognizes(_ files: CohortFolder) throws(CohortError) -> Bool {
    guard !files.fileNames.contains(where: CohortConfiguration.isName) else { return false }
    var hasLabels = false
    for file in StudyMatrix.files(files) where file.lowercased().contains("label") {
      if Self.areLabels(try files.head(of: file), file) { hasLabels = true }
    }
    guard hasLabels else { return false }
    for file in StudyMatrix.files(files) {
      if Self.isMatrix(try files.head(of: file)) { return true }
    }
    return false
  }

  private static func isMatrix(_ head: [UInt8]) -> Bool {
    let fields = HeadLine.fields(head, separator: comma)
    return HeadLine.areBarcodes(fields) && fields[1].contains(".")
  }

  /// Whether a file is one column of labels.
  private static func areLabels(_ head: [UInt8], _ file: String) -> Bool {
    !head.isEmpty && !head.contains(0) && file.lowercased().contains("label")
      && !head.contains(comma) && !head.contains(UInt8(ascii: "\t"))
  }

  func read(_ files: CohortFolder, _ request: CohortRequest) throws(CohortError) -> CohortParts {
    var parts = CohortParts()
    var (matrices, labels) = ([TabbedText](), [TabbedText]())
    for file in StudyMatrix.files(files) {
      let head = try files.head(of: file)
      let (isMatrix, areLabels) = (Self.isMatrix(head), Self.areLabels(head, file))
      guard isMatrix || areLabels else {
        parts.notices.append(
          .warning(
            "unread-file", "The file was not read: it is neither matrix nor labels.", place: file))
        continue
      }
      let text = try TabbedText(try files.bytes(of: file), file: file, separator: Self.comma)
      files.release(file)
      if isMatrix { matrices.append(text) } else { labels.append(text) }
    }
    guard let first = matrices.first else {
      throw CohortError(
        .noModality, found: "no matrix", expected: "a table with dotted barcodes in its header")
    }
    let columns = try samples(first)
    for text in matrices where try samples(text) != columns {
      throw CohortError(
        .malformedTable, file: text.file,
        found: "other columns, or columns in another order, than in \(first.file)",
        expected: "the same samples in the same order, since labels have no identifiers",
        remedy: "use the tables of one folder of MLOmics together")
    }
    let order = try modalityOrder(
      request.modalities, [], among: matrices.map { StudyMatrix.stem($0.file) })
    for text in matrices where order.contains(StudyMatrix.stem(text.file)) {
      parts.modalities.append(
        try StudyMatrix.measured(text, name: StudyMatrix.stem(text.file)))
    }
    parts.modalityOrder = order
    var clinical = [ClinicalTable]()
    for text in labels { clinical.append(try table(text, columns)) }
    parts.notices += clinical.map {
      .note("labels-by-order", "Labels are taken in the order of the columns.", place: $0.file)
    }
    try ClinicalColumns(
      tables: clinical, measured: Set(parts.modalities.flatMap(\.patients)),
      folder: files, request: request, hasLabelsFile: false
    ).add(to: &parts)
    return parts
  }

  private func samples(_ text: TabbedText) throws(CohortError) -> [String] {
    guard let header = text.content.first else { return [] }
    return Array(try text.fields(header).dropFirst())
  }

  /// Labels of the samples that are kept, by their place.
  private func table(
    _ text: TabbedText, _ columns: [String]
  ) throws(CohortError) -> ClinicalTable {
    var cells = [String]()
    for line in text.content { cells.append(try text.fields(line)[0]) }
    // With or without a header: one line more than samples has one.
    let name = cells.count == columns.count + 1 ? cells.removeFirst() : "label"
    guard cells.count == columns.count else {
      throw CohortError(
        .malformedTable, file: text.file, found: "\(cells.count) labels",
        expected: "\(columns.count), one a column of the matrices")
    }
    let samples = PrimarySamples(columns, file: text.file)
    return ClinicalTable(
      file: text.file, patients: samples.names,
      columns: [
        ClinicalTable.Column(
          name: name, texts: samples.positions.map { ClinicalTable.value(cells[$0]) })
      ])
  }
}
