import LinearAlgebra

/// A table of a cBioPortal study as its file holds it, features in rows.
struct CBioPortalTable {
  let profile: CBioPortalProfile
  /// Unique names of features.
  let features: [String]
  /// Names of samples (or of patients, if ``isPatientLevel``), as in the file.
  let samples: [String]
  /// Features × samples.
  let numbers: Matrix
  /// Whether columns are patients.
  let isPatientLevel: Bool
  private(set) var notices: [CohortNotice]

  /// Columns that name or describe genes in any of the study's matrices.
  private static let keyNames: Set<String> = [
    "hugo_symbol", "entrez_gene_id", "cytoband", "composite.element.ref", "entity_stable_id",
    "gene symbol", "gene_symbol", "locus id", "locus_id", "description", "gene",
  ]

  /// Reads the data file of a profile.
  ///
  /// - Throws: `malformedTable`, `notANumber`, `infiniteValue`, `duplicateSample`.
  init(
    _ profile: CBioPortalProfile, bytes: [UInt8], sequenced: [String]
  ) throws(CohortError) {
    let text = try TabbedText(bytes, file: profile.meta.dataFile)
    self.profile = profile
    switch (profile.meta.alterationType, profile.meta.datatype) {
    case ("MUTATION_EXTENDED", _):
      let mutations = try CBioPortalMutations(text, sequenced: sequenced)
      (features, samples, numbers) = (mutations.genes, mutations.samples, mutations.matrix)
      (notices, isPatientLevel) = (mutations.notices, false)
    case (_, "DISCRETE_LONG"):
      let long = try CBioPortalLongTable(text)
      let names = FeatureNames(long.features, file: text.file)
      (features, samples, numbers) = (names.names, long.samples, long.matrix)
      (notices, isPatientLevel) = (names.notices, false)
    default:
      let matrix = try Self.matrix(text, profile.meta)
      let names = FeatureNames(matrix.features, file: text.file)
      (features, samples, numbers) = (names.names, matrix.table.samples, matrix.table.numbers)
      isPatientLevel = profile.meta.isPatientLevel
      notices = text.notices + names.notices
      let limits = matrix.table.limitCount
      if limits > 0 {
        notices.append(
          .warning(
            "limit-values",
            "\(limits) cell\(limits == 1 ? " is a limit" : "s are limits") such as '>8'; the number "
              + "alone was taken.", place: text.file))
      }
    }
    try checkSamples()
  }

  /// A matrix and what names its rows.
  private static func matrix(
    _ text: TabbedText, _ meta: CBioPortalMeta
  ) throws(CohortError) -> (table: FeatureMatrix, features: [FeatureNames.Keys]) {
    let content = text.content
    guard let first = content.first else {
      throw text.malformed(found: "an empty file", expected: "a header and rows")
    }
    let header = try text.fields(first)
    let known = keyNames.union(meta.entityProperties)
    let keys = header.indices.filter { known.contains(header[$0].lowercased()) }
    guard let naming = FeatureNames.Columns(keys.map { header[$0].lowercased() }) else {
      throw text.malformed(
        first, found: CohortError.listing(header.prefix(3).map(CohortError.quoting)),
        expected: "a column Hugo_Symbol, Entrez_Gene_Id, Composite.Element.REF or ENTITY_STABLE_ID")
    }
    let samples = header.indices.filter { !keys.contains($0) && !header[$0].isEmpty }
    guard !samples.isEmpty else {
      throw text.malformed(first, found: "no column of a sample", expected: "a column a sample")
    }
    let rule: FeatureMatrix.CellRule =
      switch meta.datatype {
      case "LIMIT-VALUE": .limit
      case "BINARY": .truth
      default: .number
      }
    let table = try FeatureMatrix(
      text, rows: content.dropFirst(),
      FeatureMatrix.Layout(
        header: header, keys: keys, samples: samples, missing: ClinicalTable.missing, rule: rule,
        allowsShortRows: true))
    guard !table.lines.isEmpty else {
      throw text.malformed(found: "a header without rows", expected: "at least one feature")
    }
    return (table, table.lines.indices.map { naming.keys(table.keys, row: $0) })
  }

  private func checkSamples() throws(CohortError) {
    var seen = Set<String>()
    for sample in samples where !seen.insert(sample).inserted {
      throw CohortError(
        .duplicateSample, file: profile.meta.dataFile, columnName: sample,
        found: "two columns of that name")
    }
  }

  /// The assay of the given patients: `patients[i]` is the column `columns[i]`.
  ///
  /// - Throws: what ``MeasuredTable`` throws.
  func measured(patients: [String], columns: [Int]) throws(CohortError) -> MeasuredTable {
    var values = [Double]()
    values.reserveCapacity(columns.count * features.count)
    for column in columns {
      for row in features.indices { values.append(numbers[row, column]) }
    }
    var table = try MeasuredTable(
      name: profile.name, file: profile.meta.dataFile, patients: patients, features: features,
      values: Matrix(rows: columns.count, columns: features.count, values: values))
    table.notices += notices
    return table
  }
}

/// Copy numbers in long form: a row a gene and sample (`DISCRETE_LONG`).
struct CBioPortalLongTable {
  let features: [FeatureNames.Keys]
  let samples: [String]
  /// Features × samples; NaN where there is no row.
  let matrix: Matrix

  /// Reads the rows.
  ///
  /// - Throws: `malformedTable` without the columns or for two values of one cell, `notANumber`.
  init(_ text: TabbedText) throws(CohortError) {
    let table = try TextTable(text)
    guard let sample = table.position(of: "Sample_Id"), let value = table.position(of: "Value")
    else {
      throw text.malformed(
        found: CohortError.listing(table.header.prefix(6).map(CohortError.quoting)),
        expected: "columns Hugo_Symbol, Entrez_Gene_Id, Sample_Id and Value")
    }
    let hugo = table.position(of: "Hugo_Symbol")
    let entrez = table.position(of: "Entrez_Gene_Id")
    guard hugo != nil || entrez != nil else {
      throw text.malformed(found: "no gene column", expected: "Hugo_Symbol or Entrez_Gene_Id")
    }
    var (genes, columns) = ([FeatureNames.Keys: Int](), [String: Int]())
    var (features, samples) = ([FeatureNames.Keys](), [String]())
    var cells = [(row: Int, column: Int, value: Double, line: Int)]()
    for row in table.rows.indices {
      let cell = table.cell(row, value)
      guard !ClinicalTable.missing.contains(cell) else { continue }
      guard let number = CellText.number(cell), number.isFinite else {
        throw CohortError(
          .notANumber, file: text.file, line: table.lines[row], column: value + 1,
          columnName: table.header[value], found: CohortError.quoting(cell))
      }
      let key = FeatureNames.Keys(
        symbol: hugo.map { table.cell(row, $0) } ?? "",
        entrez: entrez.map { table.cell(row, $0) } ?? "")
      let gene = genes[key] ?? features.count
      if gene == features.count {
        genes[key] = gene
        features.append(key)
      }
      let name = table.cell(row, sample)
      guard !name.isEmpty else {
        throw CohortError(
          .emptyName, file: text.file, line: table.lines[row], column: sample + 1,
          found: "an empty sample name")
      }
      let column = columns[name] ?? samples.count
      if column == samples.count {
        columns[name] = column
        samples.append(name)
      }
      cells.append((gene, column, number, table.lines[row]))
    }
    guard !cells.isEmpty else {
      throw text.malformed(found: "no value", expected: "rows of gene, sample and value")
    }
    guard features.count * samples.count <= max(1 << 20, 128 * text.bytes.count) else {
      throw text.malformed(
        found: "\(features.count) genes, \(samples.count) samples and \(cells.count) rows",
        expected: "a value for at least one in a hundred pairs of gene and sample")
    }
    var matrix = Matrix(rows: features.count, columns: samples.count, repeating: .nan)
    for cell in cells {
      let other = matrix[cell.row, cell.column]
      guard other.isNaN || other == cell.value else {
        throw CohortError(
          .malformedTable, file: text.file, line: cell.line,
          found: "a second value of one gene and sample", expected: "one row a gene and sample")
      }
      matrix[cell.row, cell.column] = cell.value
    }
    (self.features, self.samples, self.matrix) = (features, samples, matrix)
  }
}
