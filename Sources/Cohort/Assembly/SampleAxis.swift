/// Decides which axis of a table holds the samples, and which names on it are none.
struct SampleAxis {
  /// Whether samples are in columns.
  let isTransposed: Bool
  /// Why the decision deserves a look; nil where it is clear.
  let doubt: CohortNotice?

  /// Decides by the format's own word, `cohort.yaml`, or the overlap of identifiers.
  ///
  /// - Throws: `malformedTable` without features or patients, `noOverlap`, `ambiguousOrientation`.
  init(
    _ table: NamedTable, name: String, _ reference: MeasuredTable.Reference,
    _ configuration: CohortConfiguration
  ) throws(CohortError) {
    try Self.checkSize(table)
    if let stated = configuration.orientation(of: table.file, stem: name) ?? table.orientation {
      isTransposed = stated == .samplesInColumns
      doubt = nil
      if case .patients(let known) = reference {
        let names = isTransposed ? table.numberNames : table.rowNames
        if !names.contains(where: { known.patients.contains(known.rule.apply($0)) }) {
          throw Self.noOverlap(table, known)
        }
      }
      return
    }
    switch reference {
    case .nothing: (isTransposed, doubt) = (false, nil)
    case .features(let known):
      doubt = nil
      isTransposed =
        table.rowNames.count { known.contains($0) } > table.numberNames.count { known.contains($0) }
    case .patients(let known): (isTransposed, doubt) = try Self.byOverlap(table, known)
    }
  }

  private static func checkSize(_ table: NamedTable) throws(CohortError) {
    guard !table.numberNames.isEmpty else {
      throw CohortError(
        .malformedTable, file: table.file, line: table.headerLine,
        found: "no column of numbers", expected: "an identifier column and at least one feature",
        remedy: "check that fields are separated by commas, tabs or semicolons")
    }
    guard !table.rowNames.isEmpty else {
      throw CohortError(
        .malformedTable, file: table.file, found: "a header without rows",
        expected: "at least one patient")
    }
  }

  private static func byOverlap(
    _ table: NamedTable, _ known: KnownPatients
  ) throws(CohortError) -> (Bool, CohortNotice?) {
    let rows = table.rowNames
    let header = table.numberNames
    let inRows = rows.count { known.patients.contains(known.rule.apply($0)) }
    let inHeader = header.count { known.patients.contains(known.rule.apply($0)) }
    guard inRows + inHeader > 0 else { throw noOverlap(table, known) }
    // Names of both axes among the patients: whole numbers on both, or a table of patients by patients.
    guard min(inRows, inHeader) * 10 >= max(inRows, inHeader) else {
      return (inHeader > inRows, nil)
    }
    let areRowsAll = inRows == rows.count
    let isHeaderAll = inHeader == header.count
    let isTransposed: Bool
    if areRowsAll != isHeaderAll {
      isTransposed = isHeaderAll
    } else if IdentifierWords.isSampleWord(table.corner) {
      isTransposed = false
    } else if IdentifierWords.isAnnotationWord(table.corner) {
      isTransposed = true
    } else {
      throw CohortError(
        .ambiguousOrientation, file: table.file,
        found:
          "\(inRows) of \(rows.count) names of rows and \(inHeader) of \(header.count) names of "
          + "columns are patients of the labels",
        expected: "names of patients on one axis",
        remedy: "write orientation: {\(table.file): samples-in-rows} (or samples-in-columns) into "
          + "cohort.yaml")
    }
    let doubt = CohortNotice.warning(
      "orientation-doubt",
      "\(inRows) of \(rows.count) names of rows and \(inHeader) of \(header.count) names of columns "
        + "are patients of the labels; samples were taken to be in "
        + "\(isTransposed ? "columns" : "rows").",
      place: table.file,
      remedy: "say so in cohort.yaml: orientation: {\(table.file): "
        + "samples-in-\(isTransposed ? "columns" : "rows")}, or give features names of their own")
    return (isTransposed, doubt)
  }

  private static func noOverlap(_ table: NamedTable, _ known: KnownPatients) -> CohortError {
    let example = known.identifiers.min { $0.precedes($1) }
    let advice = known.advice(for: table.rowNames) ?? known.advice(for: table.numberNames)
    return CohortError(
      .noOverlap, file: table.file,
      found: "\(CohortError.quoting(table.rowNames[0])) in rows, "
        + "\(CohortError.quoting(table.numberNames[0])) in columns",
      expected: example.map { "identifiers of the labels such as \(CohortError.quoting($0))" },
      remedy: advice)
  }

  // MARK: - Names that are no samples

  /// Positions on the sample axis whose names describe features: `Entrez_Gene_Id`, `Length`, `mean`.
  ///
  /// A name that is no patient of the labels counts as one if it is a usual word for an annotation, or
  /// if it is a column in front of all patients and looks unlike every one of them.
  static func annotations(
    _ names: [String], isTransposed: Bool, _ reference: MeasuredTable.Reference
  ) -> [Int] {
    guard case .patients(let known) = reference else {
      return isTransposed
        ? names.indices.filter { IdentifierWords.isAnnotationWord(names[$0]) } : []
    }
    let isKnown = names.map { known.patients.contains(known.rule.apply($0)) }
    let shapes = Set(names.indices.filter { isKnown[$0] }.map { IdentifierShape.of(names[$0]) })
    let leading = isTransposed ? isKnown.firstIndex(of: true) ?? 0 : 0
    return names.indices.filter { position in
      !isKnown[position]
        && (IdentifierWords.isAnnotationWord(names[position])
          || position < min(leading, 10) && !shapes.contains(IdentifierShape.of(names[position])))
    }
  }
}
