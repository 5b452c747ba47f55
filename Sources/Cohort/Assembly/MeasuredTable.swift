import LinearAlgebra

/// One assay of a cohort after its orientation is settled: patients in rows.
public struct MeasuredTable: Sendable {
  /// What shows which names are samples.
  enum Reference: Sendable {
    /// Identifiers of the labels.
    case patients(KnownPatients)
    /// Feature names of a model.
    case features(Set<String>)
    /// Nothing: samples are in rows.
    case nothing
  }

  /// Modality name.
  public private(set) var name: String
  /// File name, for messages.
  public let file: String
  /// Identifiers as in the file.
  let identifiers: [String]
  /// Identifiers after the sample rule, unique.
  public let patients: [String]
  /// Feature names, unique.
  public let features: [String]
  /// Patients × features; a missing cell is NaN.
  public private(set) var values: Matrix
  /// Texts beside the samples that are no features; nil if there are none.
  let side: SideTable?
  /// Whether the file has its samples in columns.
  let isTransposed: Bool
  /// What was decided or is doubtful.
  var notices = [CohortNotice]()

  /// An assay of a format that knows its patients.
  ///
  /// - Throws: `duplicateSample`, `duplicateFeature`, `malformedTable` without a patient or feature.
  public init(
    name: String, file: String, patients: [String], features: [String], values: Matrix
  ) throws(CohortError) {
    let table = NamedTable(
      file: file, rowNames: patients, columnNames: features, numbers: values,
      orientation: .samplesInRows)
    try self.init(table, name: name, reference: .nothing, CohortConfiguration())
  }

  /// Settles the orientation and checks names.
  ///
  /// - Throws: `malformedTable` without features or patients, `noOverlap`, `ambiguousOrientation`,
  ///   `duplicateSample`, `duplicateFeature`, `badConfiguration`.
  init(
    _ table: NamedTable, name: String, reference: Reference,
    _ configuration: CohortConfiguration
  ) throws(CohortError) {
    self.name = name
    file = table.file
    notices = table.notices
    let axis = try SampleAxis(table, name: name, reference, configuration)
    isTransposed = axis.isTransposed
    if isTransposed { notices.append(.note("orientation", "Samples are in columns.", place: file)) }
    if let doubt = axis.doubt { notices.append(doubt) }
    let roles = configuration.columns(of: table.file, stem: name)
    try Self.check(roles, table, isTransposed: isTransposed, configuration)

    let all = isTransposed ? table.numberNames : table.rowNames
    // A format that states its axis has nothing but samples on it.
    let annotations =
      table.orientation != nil
      ? []
      : SampleAxis.annotations(all, isTransposed: isTransposed, reference)
        .filter { roles[all[$0]] == nil }
    notices += Self.leftOut(
      annotations.map { all[$0] }, table, roles, isTransposed: isTransposed, name)
    let samples = all.indices.filter { !annotations.contains($0) }
    identifiers = samples.map { all[$0] }
    patients = identifiers.map(configuration.sampleRule.apply)
    guard !patients.isEmpty else {
      throw CohortError(
        .malformedTable, file: table.file, found: "no sample", expected: "at least one patient")
    }
    try TableNames.checkPatients(
      samples.count == all.count ? patients : all.map(configuration.sampleRule.apply), table,
      isTransposed: isTransposed, rule: configuration.sampleRule)
    try TableNames.checkColumns(table, isTransposed: isTransposed)

    side = Self.side(table, roles, identifiers, patients, isTransposed: isTransposed)
    // Rows that `cohort.yaml` takes out of a table with samples in columns were read with the rest.
    let isTurned = isTransposed
    let kept = table.rowNames.indices.filter { !isTurned || roles[table.rowNames[$0]] != .ignore }
    features = isTransposed ? kept.map { table.rowNames[$0] } : table.numberNames
    var numbers = table.numbers
    if isTransposed {
      if kept.count < table.rowNames.count { numbers = numbers.selecting(rows: kept) }
      numbers = numbers.transposed()
    }
    if samples.count < all.count { numbers = numbers.selecting(rows: samples) }
    values = numbers
    if let dates = SpreadsheetDates.notice(features, file: file) { notices.append(dates) }
  }

  /// The same under another name.
  func renamed(_ name: String) -> MeasuredTable {
    var table = self
    table.name = name
    return table
  }

  /// The same on another scale.
  ///
  /// - Throws: `invalidTransform`.
  func transformed(by transform: AssayTransform) throws(CohortError) -> MeasuredTable {
    guard transform != .none else { return self }
    var table = self
    table.values = try transform.applied(
      to: values, patients: patients, features: features, file: file, modality: name)
    table.notices.append(
      .note("transform", "Values are transformed by \(transform.rawValue).", place: file))
    return table
  }

  /// Roles in `cohort.yaml` must name columns that are there, and none but `ignore` and `modality`
  /// where samples are in columns.
  private static func check(
    _ roles: [String: CohortConfiguration.Role], _ table: NamedTable, isTransposed: Bool,
    _ configuration: CohortConfiguration
  ) throws(CohortError) {
    let names = table.columnNames + (isTransposed ? table.rowNames : [])
    for name in roles.keys.sorted() where !names.contains(name) {
      throw configuration.unknown(name, among: names, in: "columns of \(table.file)")
    }
    guard isTransposed, roles.values.contains(where: { $0 != .ignore && $0 != .modality }) else {
      return
    }
    throw CohortError(
      .badConfiguration, file: CohortConfiguration.fileName,
      found: "roles for columns of \(table.file), where samples are in columns",
      expected: "no role but ignore and modality there",
      remedy: "put the covariates into a file of their own, such as clinical.csv")
  }

  /// Warnings on what beside the samples was left out: annotations of features, columns of texts.
  private static func leftOut(
    _ annotations: [String], _ table: NamedTable, _ roles: [String: CohortConfiguration.Role],
    isTransposed: Bool, _ name: String
  ) -> [CohortNotice] {
    let texts = table.columnNames.indices
      .filter { table.contents[$0] == .ignored && roles[table.columnNames[$0]] == nil }
      .map { table.columnNames[$0] }
    var notices = [CohortNotice]()
    func line(_ names: [String], _ role: String) -> String {
      let entries = names.prefix(8).map { "\($0): \(role)" }.joined(separator: ", ")
      return "columns: {\(table.file): {\(entries)}}"
    }
    let beside = isTransposed ? texts + annotations : texts
    if !beside.isEmpty {
      notices.append(
        .warning(
          "annotation-columns",
          "\(CohortError.listing(beside.map(CohortError.quoting))) "
            + "\(beside.count == 1 ? "is no" : "are no") "
            + (isTransposed ? "sample" : "measurement") + (beside.count == 1 ? "" : "s")
            + " and \(beside.count == 1 ? "was" : "were") left out.",
          place: table.file,
          remedy:
            "to confirm, write \(line(beside, "ignore")) into cohort.yaml; modality in place of "
            + "ignore takes part"))
    }
    if !isTransposed, !annotations.isEmpty {
      notices.append(
        .warning(
          "annotation-row",
          "Rows \(CohortError.listing(annotations.map(CohortError.quoting))) are no patients and were "
            + "left out.", place: table.file, remedy: "remove them from the file"))
    }
    return notices
  }

  private static func side(
    _ table: NamedTable, _ roles: [String: CohortConfiguration.Role], _ identifiers: [String],
    _ patients: [String], isTransposed: Bool
  ) -> SideTable? {
    var columns = table.annotations.map { SideTable.Column(name: $0.name, texts: $0.texts) }
    if !isTransposed {
      for (name, texts) in zip(table.textNames, table.texts) {
        var column = SideTable.Column(name: name, texts: texts, number: table.column(named: name))
        column.role = roles[name]
        columns.append(column)
      }
    }
    guard !columns.isEmpty, columns.allSatisfy({ $0.texts.count == patients.count }) else {
      return nil
    }
    return SideTable(
      file: table.file, identifiers: identifiers, patients: patients,
      lines: isTransposed || table.rowLines.isEmpty ? nil : table.rowLines, columns: columns)
  }
}
