/// A table of texts beside the modalities: labels, covariates, groups.
public struct SideTable: Sendable {
  /// One column of it.
  public struct Column: Sendable {
    /// Column name.
    public let name: String
    /// What `cohort.yaml` says that the column is for; nil leaves it to the table's role.
    var role: CohortConfiguration.Role?
    /// One text per patient of the table; missing is nil.
    public let texts: [String?]
    /// Number of the column in its file, nil where samples are in columns.
    let number: Int?

    /// A column; `number` is its number in the file from 1, where there is one.
    public init(name: String, texts: [String?], number: Int? = nil) {
      self.name = name
      self.texts = texts
      self.number = number
    }
  }

  /// File name, for messages.
  public let file: String
  /// Identifiers as in the file.
  let identifiers: [String]
  /// Identifiers after the sample rule, unique.
  public let patients: [String]
  /// Line of each patient, nil where samples are in columns.
  let lines: [Int]?
  /// Columns that are not ignored.
  public let columns: [Column]
  /// What was found while reading.
  var notices = [CohortNotice]()

  /// A table of a format that knows its patients.
  ///
  /// - Throws: `duplicateSample`.
  public init(file: String, patients: [String], columns: [Column]) throws(CohortError) {
    let table = NamedTable(
      file: file, rowNames: patients, columnNames: [],
      numbers: .init(rows: patients.count, columns: 0, values: []), orientation: .samplesInRows)
    try TableNames.checkPatients(patients, table, isTransposed: false)
    self.init(file: file, identifiers: patients, patients: patients, lines: nil, columns: columns)
  }

  /// Builds the table from what was read, all of it texts.
  ///
  /// Samples are in columns if more identifiers of the header than of the first column are known.
  ///
  /// - Throws: `duplicateSample`, `duplicateFeature`, `badConfiguration` for a role of a column
  ///   that is not there.
  init(
    _ table: NamedTable, stem: String, known: Set<String>, _ configuration: CohortConfiguration
  ) throws(CohortError) {
    let rule = configuration.sampleRule
    let rows = table.rowNames.map(rule.apply)
    let header = table.columnNames.map(rule.apply)
    let isTransposed = header.count { known.contains($0) } > rows.count { known.contains($0) }
    file = table.file
    notices = table.notices
    identifiers = isTransposed ? table.columnNames : table.rowNames
    patients = isTransposed ? header : rows
    lines = isTransposed ? nil : table.rowLines
    try TableNames.checkPatients(patients, table, isTransposed: isTransposed, rule: rule)
    try TableNames.checkColumns(table, isTransposed: isTransposed)

    let names = isTransposed ? table.rowNames : table.columnNames
    let roles = configuration.columns(of: table.file, stem: stem)
    for name in roles.keys.sorted() where !names.contains(name) {
      throw configuration.unknown(name, among: names, in: "columns of \(table.file)")
    }
    columns = names.indices.compactMap { index in
      let role = roles[names[index]]
      guard role != .ignore else { return nil }
      var column = Column(
        name: names[index],
        texts: isTransposed ? table.texts.map { $0[index] } : table.texts[index],
        number: isTransposed ? nil : table.columnNumbers[index])
      column.role = role
      return column
    }
  }

  /// A table from columns that were among the features of a modality.
  init(
    file: String, identifiers: [String], patients: [String], lines: [Int]?, columns: [Column]
  ) {
    self.file = file
    self.identifiers = identifiers
    self.patients = patients
    self.lines = lines
    self.columns = columns
  }
}
