import Foundation
import LinearAlgebra

/// One modality's file after its orientation is settled: patients in rows.
struct MeasuredTable: Sendable {
  /// What tells samples from features.
  enum Reference: Sendable {
    /// Identifiers of the labels.
    case patients(Set<String>)
    /// Feature names of a model.
    case features(Set<String>)
    /// Nothing: samples stand in rows.
    case nothing
  }

  let name: String
  let file: String
  /// Identifiers after the sample rule, unique.
  let patients: [String]
  let features: [String]
  /// Patients × features.
  let values: Matrix
  /// Columns that `cohort.yaml` takes out of the modality; nil if there are none.
  let side: SideTable?
  let isTransposed: Bool

  /// Settles the orientation, checks names and applies the transform.
  ///
  /// - Throws: `malformedTable` without features or patients, `noOverlap`, `duplicateSample`,
  ///   `duplicateFeature`, `invalidTransform`, `badConfiguration`.
  init(
    _ table: DelimitedTable, name: String, reference: Reference,
    _ configuration: CohortConfiguration
  ) throws(CohortError) {
    self.name = name
    file = table.file
    let rule = configuration.sampleRule
    let rows = table.rowNames.map(rule.apply)
    let header = table.numberNames.map(rule.apply)
    isTransposed = try Self.isTransposed(table, rows: rows, header: header, reference)
    patients = isTransposed ? header : rows
    try TableNames.checkPatients(patients, table, isTransposed: isTransposed)
    try TableNames.checkColumns(table, isTransposed: isTransposed)

    let roles = configuration.columns(of: table.file, stem: name)
    side = try Self.sideColumns(table, roles, patients, isTransposed: isTransposed, configuration)
    if isTransposed {
      // Rows that are no features were read with the rest and leave here.
      let kept = table.rowNames.indices.filter { roles[table.rowNames[$0]] != .ignore }
      features = kept.map { table.rowNames[$0] }
      let numbers =
        kept.count == table.rowNames.count ? table.numbers : table.numbers.selecting(rows: kept)
      values = try Self.transformed(
        numbers.transposed(), configuration.transforms[name] ?? .none, table.file, patients,
        features)
    } else {
      features = table.numberNames
      values = try Self.transformed(
        table.numbers, configuration.transforms[name] ?? .none, table.file, patients, features)
    }
  }

  private static func isTransposed(
    _ table: DelimitedTable, rows: [String], header: [String], _ reference: Reference
  ) throws(CohortError) -> Bool {
    guard !header.isEmpty else {
      throw CohortError(
        .malformedTable, file: table.file, line: table.headerLine,
        found: "no column of numbers", expected: "an identifier column and at least one feature",
        remedy: "check the separator: comma in .csv, tab in .tsv, either in .txt")
    }
    guard !rows.isEmpty else {
      throw CohortError(
        .malformedTable, file: table.file, found: "a header without rows",
        expected: "at least one patient")
    }
    switch reference {
    case .nothing: return false
    case .features(let known):
      return table.rowNames.count { known.contains($0) }
        > table.numberNames.count { known.contains($0) }
    case .patients(let known):
      let inRows = rows.count { known.contains($0) }
      let inHeader = header.count { known.contains($0) }
      guard inRows + inHeader > 0 else {
        let example = known.min { $0.precedes($1) }
        throw CohortError(
          .noOverlap, file: table.file,
          found: "\(CohortError.quoting(rows[0])) in rows, "
            + "\(CohortError.quoting(header[0])) in columns",
          expected: example.map { "identifiers of the labels such as \(CohortError.quoting($0))" })
      }
      return inHeader > inRows
    }
  }

  private static func sideColumns(
    _ table: DelimitedTable, _ roles: [String: CohortConfiguration.Role], _ patients: [String],
    isTransposed: Bool, _ configuration: CohortConfiguration
  ) throws(CohortError) -> SideTable? {
    let names = table.columnNames + (isTransposed ? table.rowNames : [])
    for name in roles.keys.sorted() where !names.contains(name) {
      throw configuration.unknown(name, among: names, in: "columns of \(table.file)")
    }
    let side = roles.filter { $0.value != .ignore && $0.value != .modality }
    guard !side.isEmpty else { return nil }
    guard !isTransposed else {
      throw CohortError(
        .badConfiguration, file: CohortConfiguration.fileName,
        found: "roles for columns of \(table.file), where samples stand in columns",
        expected: "no role but ignore there",
        remedy: "put the covariates into a file of their own, such as clinical.csv")
    }
    let columns = table.textNames.enumerated().map { index, name in
      SideTable.Column(
        name: name, role: side[name] ?? .covariates, texts: table.texts[index],
        number: table.column(named: name))
    }
    return SideTable(file: table.file, patients: patients, lines: table.rowLines, columns: columns)
  }

  private static func transformed(
    _ values: Matrix, _ transform: CohortConfiguration.Transform, _ file: String,
    _ patients: [String], _ features: [String]
  ) throws(CohortError) -> Matrix {
    guard transform == .log1p else { return values }
    var result = values
    for index in values.values.indices {
      let value = values.values[index]
      if value <= -1 {
        throw CohortError(
          .invalidTransform, file: file, columnName: features[index % values.columnCount],
          patient: patients[index / values.columnCount], found: "log1p of \(value)")
      }
      result.values[index] = log1p(value)
    }
    return result
  }
}
