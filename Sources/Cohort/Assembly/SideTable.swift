/// A table of texts beside the modalities: labels, covariates, groups.
struct SideTable: Sendable {
  /// One column of it.
  struct Column: Sendable {
    let name: String
    let role: CohortConfiguration.Role
    /// One text per patient of the table; missing is nil.
    let texts: [String?]
    /// Number of the column in its file, nil where samples stand in columns.
    let number: Int?
  }

  let file: String
  /// Identifiers after the sample rule, unique.
  let patients: [String]
  /// Line of each patient, nil where samples stand in columns.
  let lines: [Int]?
  /// Columns that are not ignored.
  let columns: [Column]

  /// Builds the table from what was read, all of it texts.
  ///
  /// Samples stand in columns if more identifiers of the header than of the first column are known.
  ///
  /// - Throws: `duplicateSample`, `duplicateFeature`, `badConfiguration` for a role of a column
  ///   that is not there.
  init(
    _ table: DelimitedTable, stem: String, usualRole: CohortConfiguration.Role,
    known: Set<String>, _ configuration: CohortConfiguration
  ) throws(CohortError) {
    let rule = configuration.sampleRule
    let rows = table.rowNames.map(rule.apply)
    let header = table.columnNames.map(rule.apply)
    let isTransposed = header.count { known.contains($0) } > rows.count { known.contains($0) }
    file = table.file
    patients = isTransposed ? header : rows
    lines = isTransposed ? nil : table.rowLines
    try TableNames.checkPatients(patients, table, isTransposed: isTransposed)
    try TableNames.checkColumns(table, isTransposed: isTransposed)

    let names = isTransposed ? table.rowNames : table.columnNames
    let roles = configuration.columns(of: table.file, stem: stem)
    for name in roles.keys.sorted() where !names.contains(name) {
      throw configuration.unknown(name, among: names, in: "columns of \(table.file)")
    }
    columns = names.indices.compactMap { index in
      let role = roles[names[index]] ?? usualRole
      guard role != .ignore else { return nil }
      return Column(
        name: names[index], role: role,
        texts: isTransposed ? table.texts.map { $0[index] } : table.texts[index],
        number: isTransposed ? nil : index + 2)
    }
  }

  /// A table from columns that stood among the features of a modality.
  init(file: String, patients: [String], lines: [Int]?, columns: [Column]) {
    self.file = file
    self.patients = patients
    self.lines = lines
    self.columns = columns
  }
}
