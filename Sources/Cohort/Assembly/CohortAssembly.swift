import LinearAlgebra

/// Joins the tables of a cohort by patient: order, filters, outcome, groups, covariates.
struct CohortAssembly {
  let request: CohortRequest
  let name: String
  private(set) var configuration = CohortConfiguration()
  private(set) var notices = [CohortNotice]()

  private var sides = [(table: SideTable, role: CohortConfiguration.Role)]()
  private var patients = [String]()
  private var rowOfPatient = [String: Int]()
  private var joins = [FileJoin]()

  init(_ request: CohortRequest, name: String) {
    self.request = request
    self.name = name
  }

  /// The aligned cohort.
  ///
  /// - Throws: `missingFile` without labels that are required, `unknownColumn`, `unknownModality`,
  ///   `noOverlap`, `noPatientLeft`, `infiniteValue` and `duplicateFeature` of covariates.
  mutating func cohort(_ parts: CohortParts) throws(CohortError) -> Cohort {
    configuration = parts.configuration
    notices = parts.notices
    let order = try modalityOrder(
      request.modalities?.map(ReservedNames.name(of:)),
      (parts.modalityOrder ?? []).map(ReservedNames.name(of:)),
      among: parts.modalities.map { ReservedNames.name(of: $0.name) })
    notices += parts.modalities.compactMap { ReservedNames.notice($0.name, file: $0.file) }
    let modalities = try transformed(
      parts.modalities.map { $0.renamed(ReservedNames.name(of: $0.name)) }
        .filter { order.contains($0.name) })
    try add(parts, modalities)
    noteLabelSources(modalities)
    let label = try labelColumn()
    let group = try groupColumn()
    let covariates = try covariates(except: [label?.name, group?.name].compactMap { $0 })
    let rows = try filteredRows()
    let table = PatientTable(
      patients: rows.map { patients[$0] },
      modalities: order.compactMap { name in modalities.first { $0.name == name } }
        .map { aligned($0, rows) },
      covariates: covariates.map { $0.selecting(rows: rows) })
    var outcome: Outcome?
    if request.labels != .ignored, let label {
      let texts = values(label).map { $0.map { configuration.classNames[$0] ?? $0 } }
      outcome = .nominal(NominalOutcome(column: label.name, texts: rows.map { texts[$0] }))
    }
    noteUnlabelled(outcome)
    noteScaling(modalities, outcome, table.patients)
    let known = [label?.name].compactMap { $0 } + covariates.map(\.name)
    return try Cohort(
      name: name, table: table, outcome: outcome,
      groups: group.map { column in groupNames(column, rows) }, details: configuration.details,
      notices: notices, joins: joins, sideColumns: sideColumns(except: known, rows),
      transforms: transforms
    ).examined(refusesNumbers: request.labels == .required)
  }

  /// Columns of the side tables that are none of `known`.
  private func sideColumns(except known: [String], _ rows: [Int]) -> [SideColumn] {
    places.filter { !known.contains($0.name) }.map { place in
      let texts = values(place)
      return SideColumn(name: place.name, texts: rows.map { texts[$0] })
    }
  }

  // MARK: - Scale

  /// Transforms that were asked for, by modality; the request goes before `cohort.yaml`.
  private var transforms: [String: AssayTransform] = [:]

  /// - Throws: `unknownModality` for a transform of nothing, `invalidTransform`.
  private mutating func transformed(
    _ tables: [MeasuredTable]
  ) throws(CohortError) -> [MeasuredTable] {
    let names = tables.map(\.name)
    // New patients need not have every modality of the model whose transforms these are.
    let areAllKnown = request.knownFeatures.isEmpty
    for name in request.transforms.keys.sorted() where areAllKnown {
      if !names.contains(ReservedNames.name(of: name)) {
        throw .unknown(.unknownModality, name, among: names)
      }
    }
    var result = [MeasuredTable]()
    for table in tables {
      let asked = request.transforms.first { ReservedNames.name(of: $0.key) == table.name }?.value
      let given = configuration.transforms.first { ReservedNames.name(of: $0.key) == table.name }?
        .value
      let transform = asked ?? given ?? .none
      if transform != .none { transforms[table.name] = transform }
      result.append(try table.transformed(by: transform))
    }
    return result
  }

  // MARK: - Joining

  /// Joins all parts: only labels and modalities add patients.
  private mutating func add(
    _ parts: CohortParts, _ modalities: [MeasuredTable]
  ) throws(CohortError) {
    if let labels = parts.labels {
      sides.append((labels, .label))
      notices += labels.notices
      add(labels.patients)
    }
    let known = KnownPatients(
      identifiers: parts.labels?.identifiers ?? [], rule: configuration.sampleRule)
    let report = JoinReport(known: known, modalities: modalities)
    for table in parts.covariates + parts.groups {
      notices += table.notices
      notices += try report.notices(of: table)
    }
    sides += parts.covariates.map { ($0, .covariates) } + parts.groups.map { ($0, .group) }
    for table in modalities {
      notices += table.notices
      notices += report.notices(of: table)
      joins.append(report.join(table))
      if let side = table.side { sides.append((side, .modality)) }
      add(table.patients)
    }
  }

  private mutating func add(_ names: [String]) {
    for name in names where rowOfPatient[name] == nil {
      rowOfPatient[name] = patients.count
      patients.append(name)
    }
  }

  // MARK: - Modalities

  private func aligned(_ table: MeasuredTable, _ rows: [Int]) -> ModalityTable {
    if rows.count == patients.count, table.patients == patients {
      return ModalityTable(name: table.name, featureNames: table.features, values: table.values)
    }
    var source = [Int](repeating: -1, count: patients.count)
    for (row, patient) in table.patients.enumerated() {
      if let target = rowOfPatient[patient] { source[target] = row }
    }
    var values = [Double]()
    values.reserveCapacity(rows.count * table.features.count)
    for row in rows {
      if source[row] >= 0 {
        values.append(contentsOf: table.values.row(source[row]))
      } else {
        values.append(contentsOf: repeatElement(.nan, count: table.features.count))
      }
    }
    return ModalityTable(
      name: table.name, featureNames: table.features,
      values: Matrix(rows: rows.count, columns: table.features.count, values: values))
  }

  // MARK: - Columns

  /// A column of a side table, spread over all patients.
  private struct Place {
    let table: SideTable
    let column: SideTable.Column
    /// What the column is for: what `cohort.yaml` says, else by its table. Other columns of the labels
    /// serve filters and groups only.
    let role: CohortConfiguration.Role
    /// Whether the column is in the file of an assay.
    let isBesideAssay: Bool
    var name: String { column.name }
  }

  private var places: [Place] {
    sides.flatMap { side in
      side.table.columns.map { column in
        Place(
          table: side.table, column: column,
          role: column.role ?? (side.role == .covariates ? .covariates : .group),
          isBesideAssay: side.role == .modality)
      }
    }
  }

  private func values(_ place: Place) -> [String?] {
    var result = [String?](repeating: nil, count: patients.count)
    for (index, patient) in place.table.patients.enumerated() {
      if let row = rowOfPatient[patient] { result[row] = place.column.texts[index] }
    }
    guard place.isBesideAssay else { return result }
    // Files of several assays may each hold the column for their own patients.
    for other in places where other.isBesideAssay && other.name == place.name {
      for (index, patient) in other.table.patients.enumerated() {
        if let row = rowOfPatient[patient], result[row] == nil {
          result[row] = other.column.texts[index]
        }
      }
    }
    return result
  }

  /// The first column of that name: labels before covariates before others.
  private func place(_ name: String) throws(CohortError) -> Place {
    let places = places
    if let found = places.first(where: { $0.name == name }) { return found }
    throw .unknown(.unknownColumn, name, among: places.map(\.name))
  }

  private mutating func labelColumn() throws(CohortError) -> Place? {
    let given = places.first { $0.role == .label }?.name
    let asked = request.labelColumn ?? given ?? configuration.label
    let name = asked ?? "label"
    if let found = places.first(where: { $0.name == name }) { return found }
    let alike = places.filter { $0.name.lowercased() == name.lowercased() }
    if alike.count == 1, request.labels != .ignored {
      notices.append(
        .note("label-column", "The label column is \(alike[0].name).", place: alike[0].table.file))
      return alike[0]
    }
    switch request.labels {
    case .ignored: return nil
    case .ifPresent:
      guard let asked else { return nil }
      return try place(asked)
    case .required:
      let isOffered = sides.contains { $0.role == .label || $0.role == .modality }
      guard isOffered || request.labelColumn != nil else {
        throw CohortError(
          .missingFile, file: "labels.csv", found: "no file of labels",
          expected: "labels.csv with the columns sample and label",
          remedy: "write one line a patient: its identifier and its class")
      }
      return try place(name)
    }
  }

  private func groupColumn() throws(CohortError) -> Place? {
    let explicit = places.first { place in
      place.role == .group
        && configuration.columns(of: place.table.file, stem: stem(place.table.file))[place.name]
          == .group
    }
    let fileOfGroups = sides.first { $0.role == .group }?.table.columns.first?.name
    guard
      let name = request.groupColumn ?? explicit?.name ?? configuration.group ?? fileOfGroups
    else { return nil }
    return try place(name)
  }

  private func stem(_ file: String) -> String { TableFileName(file)?.stem ?? file }

  /// Groups of the kept patients; one whose group is missing is a group by itself.
  private func groupNames(_ place: Place, _ rows: [Int]) -> [String] {
    let texts = values(place)
    return rows.map { texts[$0] ?? "ungrouped:\(patients[$0])" }
  }

  private func covariates(except taken: [String]) throws(CohortError) -> [Covariate] {
    var names = Set<String>()
    var result = [Covariate]()
    for place in places where place.role == .covariates && !taken.contains(place.name) {
      guard names.insert(place.name).inserted else {
        throw CohortError(
          .duplicateFeature, file: place.table.file, column: place.column.number,
          columnName: place.name, found: "a covariate of that name in another file too")
      }
      try checkFinite(place)
      result.append(Covariate(name: place.name, texts: values(place)))
    }
    return result
  }

  private func checkFinite(_ place: Place) throws(CohortError) {
    let texts = place.column.texts
    let isNumeric = texts.allSatisfy { text in
      text.map { CellText.number($0) != nil || CellText.isInfinite($0) } ?? true
    }
    guard isNumeric, let index = texts.firstIndex(where: { $0.map(CellText.isInfinite) ?? false })
    else { return }
    throw CohortError(
      .infiniteValue, file: place.table.file, line: place.table.lines?[index],
      column: place.column.number, columnName: place.name, patient: place.table.patients[index],
      found: texts[index].map(CohortError.quoting))
  }

  // MARK: - Filters and notices

  private mutating func noteScaling(
    _ modalities: [MeasuredTable], _ outcome: Outcome?, _ patients: [String]
  ) {
    var labelled = Set<String>()
    if case .nominal(let outcome)? = outcome {
      labelled = Set(outcome.labelledRows.map { patients[$0] })
    }
    notices += ScalingSearch.notices(modalities, labelled: labelled)
  }

  private mutating func filteredRows() throws(CohortError) -> [Int] {
    var rows = Array(patients.indices)
    for filter in request.filters {
      let texts = values(try place(filter.column))
      notices += Self.unmatched(filter, Set(texts.map { $0 ?? "" }))
      rows = rows.filter { filter.keeps(texts[$0]) }
    }
    guard !rows.isEmpty else {
      throw CohortError(
        .noPatientLeft,
        found: request.filters.map { "--where \($0)" }.joined(separator: " "))
    }
    if !request.filters.isEmpty {
      notices.append(
        .note("filtered", "--where keeps \(rows.count) of \(patients.count) patients."))
    }
    return rows
  }

  /// Warnings on values of a filter that nobody has, with the nearest one, or with the quotes that a
  /// value with a comma needs.
  private static func unmatched(_ filter: WhereFilter, _ known: Set<String>) -> [CohortNotice] {
    func bare(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    let whole = bare(filter.values.joined(separator: ","))
    let joined = filter.values.count > 1 ? known.filter { bare($0) == whole }.min() : nil
    let sign = filter.excludes ? "!=" : "="
    return filter.values.filter { !$0.isEmpty && !known.contains($0) }.map { value in
      let nearest = nearestName(to: value, among: known.sorted { $0.precedes($1) })
      return .warning(
        "filter-without-match",
        "--where \(filter): no patient has \(CohortError.quoting(value))"
          + (joined == nil
            ? nearest.map { "; did you mean \(CohortError.quoting($0))?" } ?? "." : "."),
        place: filter.column,
        remedy: joined.map {
          "quote a value with a comma: --where '\(filter.column)\(sign)\"\($0)\"'"
        })
    }
  }

  private mutating func noteLabelSources(_ modalities: [MeasuredTable]) {
    let known = Set(modalities.map(\.name))
    for modality in configuration.details.labelDerivedFrom where !known.contains(modality) {
      notices.append(
        .note(
          "label-from", "label_from names \(modality), which is not among the modalities read.")
      )
    }
  }

  private mutating func noteUnlabelled(_ outcome: Outcome?) {
    guard case .nominal(let nominal)? = outcome else { return }
    let unlabelled = nominal.labels.count { $0 < 0 }
    if unlabelled > 0 {
      notices.append(
        .note("unlabelled", "\(unlabelled) of \(nominal.labels.count) patients are unlabelled."))
    }
  }
}
