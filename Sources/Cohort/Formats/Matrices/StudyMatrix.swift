import LinearAlgebra

/// The first line of a file as far as its head shows it, for recognition.
enum HeadLine {
  /// The fields of the first line that is no comment; empty for bytes that are no text. A field that
  /// the head cuts off is left out.
  static func fields(_ head: [UInt8], separator: UInt8) -> [String] {
    guard !head.contains(0) else { return [] }
    var lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    while lines.first?.first == UInt8(ascii: "#") { lines.removeFirst() }
    guard let line = lines.first else { return [] }
    var fields = line.split(separator: separator, omittingEmptySubsequences: false).map { field in
      String(decoding: field.filter { $0 != 0x22 && $0 != 0x0d && $0 != 0x20 }, as: UTF8.self)
    }
    if line.endIndex == head.endIndex, head.count >= CohortFolder.headByteCount {
      fields.removeLast()
    }
    return fields
  }

  /// Whether all cells behind the first are barcodes of samples, and there are some.
  static func areBarcodes(_ fields: [String]) -> Bool {
    fields.count > 1 && fields.dropFirst().allSatisfy { TCGABarcode($0)?.sampleType != nil }
  }
}

/// A matrix of a study with features in rows and a column a sample.
enum StudyMatrix {
  /// Reads the matrix: one primary sample a patient, unique features.
  ///
  /// - Parameter isLeftOut: whether a row of that name is no feature (`data_type`).
  /// - Throws: `malformedTable`, `notANumber`, `infiniteValue`, `duplicateSample`.
  static func measured(
    _ text: TabbedText, name: String, isLeftOut: (String) -> Bool = { _ in false }
  ) throws(CohortError) -> MeasuredTable {
    let content = text.content
    guard let first = content.first else {
      throw text.malformed(found: "an empty file", expected: "a header and rows")
    }
    var header = try text.fields(first)
    while header.count > 1, header.last == "" { header.removeLast() }
    guard header.count > 1 else {
      throw text.malformed(first, found: "no column of a sample", expected: "a column a sample")
    }
    if let column = header.indices.dropFirst().first(where: { header[$0].isEmpty }) {
      throw CohortError(
        .emptyName, file: text.file, line: first.number, column: column + 1,
        found: "an empty sample name")
    }
    var rows = [TabbedText.Line]()
    for line in content.dropFirst() {
      let key = try text.fields(line, limit: 1)[0]
      if !isLeftOut(key) { rows.append(line) }
    }
    guard !rows.isEmpty else {
      throw text.malformed(found: "a header without rows", expected: "at least one feature")
    }
    let matrix = try FeatureMatrix(
      text, rows: rows[...],
      FeatureMatrix.Layout(header: header, keys: [0], samples: Array(1..<header.count)))
    let samples = PrimarySamples(matrix.samples, file: text.file)
    let names = FeatureNames(
      matrix.keys[0].map { FeatureNames.Keys(symbol: $0, entrez: "") }, file: text.file)
    guard !samples.positions.isEmpty else {
      throw CohortError(
        .malformedTable, file: text.file,
        found: "no primary tumor among \(matrix.samples.count) samples",
        expected: "samples whose barcode ends in -01",
        remedy: "for other samples, put the table into a cohort folder with labels.csv")
    }
    var table = try MeasuredTable(
      name: name, file: text.file, patients: samples.names, features: names.names,
      values: matrix.numbers.selecting(columns: samples.positions).transposed())
    table.notices += text.notices + samples.notices + names.notices
    return table
  }

  /// A table of texts with a row a sample, its first column their names: one primary sample a patient.
  static func clinical(_ table: TextTable) -> ClinicalTable {
    let names = table.rows.indices.map { table.cell($0, 0) }
    let samples = PrimarySamples(names, file: table.file)
    var seen = Set<String>()
    let rows = zip(samples.positions, samples.names)
      .filter { !$0.1.isEmpty && seen.insert($0.1).inserted }
    return ClinicalTable(
      file: table.file, patients: rows.map(\.1),
      columns: table.header.indices.dropFirst().filter { !table.header[$0].isEmpty }
        .map { column in
          ClinicalTable.Column(
            name: table.header[column],
            texts: rows.map { ClinicalTable.value(table.cell($0.0, column)) })
        })
  }

  /// Whether a folder is our own: it has a file of labels or `cohort.yaml`, which say what is what.
  static func isOwnFolder(_ folder: CohortFolder) -> Bool {
    folder.fileNames.contains {
      CohortConfiguration.isName($0) || TableFileName($0)?.stem.lowercased() == "labels"
    }
  }

  /// Files that may be tables: neither documentation nor hidden.
  static func files(_ folder: CohortFolder) -> [String] {
    folder.fileNames.filter { !FileClassification.isDocumentation($0) }
  }

  /// Name without folder and endings.
  static func stem(_ file: String) -> String { TableFileName(anyOf: file).stem }
}
