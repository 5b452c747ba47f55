extension CohortError.Code {
  /// What went wrong, in a few words.
  public var summary: String {
    switch self {
    case .missingFolder: "there is no such cohort"
    case .missingFile: "a file is missing"
    case .unreadableFile: "a file cannot be read"
    case .malformedTable: "a file is not a well-formed table"
    case .notANumber: "a cell is not a number"
    case .infiniteValue: "a cell is infinite or too large"
    case .duplicateSample: "a patient occurs twice in one file"
    case .duplicateFeature: "a column name occurs twice"
    case .emptyName: "a name is empty"
    case .duplicateFile: "the same table occurs twice in the folder"
    case .noOverlap: "a file shares no patient with the others"
    case .truncatedGzip: "a gzip file is truncated or damaged"
    case .damagedArchive: "a zip archive cannot be read"
    case .tooLarge: "a compressed file is too large"
    case .unknownFormat: "there is no such format"
    case .ambiguousOrientation: "samples may be in rows or in columns"
    case .missingHeader: "a table has no header"
    case .invalidTransform: "a value lies outside the range of its transform"
    case .noModality: "there is no modality"
    case .emptyModality: "a modality has no value"
    case .constantTable: "a table does not vary"
    case .noCompleteRow: "no sample has all its cells"
    case .singletonClass: "a class has a single labelled patient"
    case .oneClass: "all labelled patients are of one class"
    case .numericLabel: "the label is not a set of classes"
    case .noLabelledPatient: "no labelled patient has any modality"
    case .unknownColumn: "there is no such column"
    case .unknownModality: "there is no such modality"
    case .unknownCohort: "there is no such embedded cohort"
    case .badFilter: "a filter cannot be read"
    case .noPatientLeft: "the filters leave no patient"
    case .badConfiguration: "cohort.yaml is not understood"
    }
  }

  /// What is usually expected instead.
  var usualExpectation: String? {
    switch self {
    case .notANumber: "a number such as 1.5 or -2e3, or a missing cell (empty, NA, NaN, null, .)"
    case .infiniteValue: "a finite number or a missing cell"
    case .duplicateSample, .duplicateFeature: "each name once"
    case .emptyName: "a name"
    case .damagedArchive: "a complete zip archive of stored or deflated files"
    case .truncatedGzip: "complete gzip members up to the end of the file"
    case .singletonClass: "at least two labelled patients in each class"
    case .oneClass: "at least two classes"
    case .numericLabel: "classes, of which each has several patients"
    case .noLabelledPatient: "labelled patients with at least one modality"
    case .emptyModality: "at least one value"
    case .constantTable: "at least one column that varies"
    case .missingHeader: "a first line with a name for each column"
    case .noCompleteRow: "samples without a missing cell"
    case .noModality: "at least one table of measurements beside the labels, such as mrna.csv"
    case .badFilter: "COLUMN=VALUE[,VALUE…] or COLUMN!=VALUE[,VALUE…]"
    case .invalidTransform: "values above -1 for log1p"
    default: nil
    }
  }

  /// What usually helps.
  var usualRemedy: String? {
    switch self {
    case .missingFolder: "check the path, or try an embedded cohort: demo:acc"
    case .missingFile: "check the path"
    case .unreadableFile: "check the file's permissions"
    case .malformedTable: "save the table as UTF-8 with one header line and equally long rows"
    case .notANumber: "correct the cell, or leave it empty if the value is missing"
    case .infiniteValue: "leave the cell empty if the value is missing"
    case .duplicateSample: "keep one row a patient: drop or average replicates"
    case .duplicateFeature: "rename them, or keep one of each"
    case .emptyName: "give it a name, or remove it"
    case .duplicateFile: "keep one of the two files"
    case .noOverlap: "use the same identifiers in all files, or set sample_id in cohort.yaml"
    case .damagedArchive: "copy or download the archive again, then check it with unzip -t"
    case .truncatedGzip: "copy or download the file again, then check it with gzip -t"
    case .invalidTransform: "set the modality's transform to none in cohort.yaml"
    case .emptyModality: "remove the file, or leave it out with --modalities"
    case .singletonClass:
      "leave the class out with --where COLUMN!=CLASS, or merge it with another"
    case .constantTable: "check the table, and that its samples join as they should"
    case .noCompleteRow:
      "impute, leave out sparse columns, or take the columns one by one (--each)"
    case .oneClass: "check the label column (--label) and the filters (--where)"
    case .noLabelledPatient: "check that identifiers in labels.csv and in the modalities agree"
    case .noPatientLeft: "loosen --where"
    case .missingHeader: "write a header such as sample,G1,G2 above the first row"
    case .unknownColumn, .unknownModality, .unknownCohort, .unknownFormat:
      "use one of the names above"
    default: nil
    }
  }
}

extension CohortError: CustomStringConvertible {
  /// Where it happened, such as `mrna.csv, line 7, column 3 (TP53)`; empty if nowhere special.
  public var place: String {
    var parts = [String]()
    if let file { parts.append(file) }
    if let line { parts.append("line \(line)") }
    if let column {
      parts.append("column \(column)" + (columnName.map { " (\($0))" } ?? ""))
    } else if let columnName {
      parts.append("column \(columnName)")
    }
    if let modality { parts.append("modality \(modality)") }
    if let patient { parts.append("patient \(patient)") }
    return parts.joined(separator: ", ")
  }

  /// Further lines for the user: where, found, expected, what to do; those that are known.
  public var details: [String] {
    var lines = [String]()
    if !place.isEmpty { lines.append("where: \(place)") }
    if let found { lines.append("found: \(found)") }
    if let expected { lines.append("expected: \(expected)") }
    if let remedy { lines.append("what to do: \(remedy)") }
    return lines
  }

  /// `error[65]: what`, then the details, indented, one a line.
  public var description: String {
    (["error[\(exitCode)]: \(code.summary)"] + details.map { "  " + $0 }).joined(separator: "\n")
  }

  /// Text as found in a file, quoted and shortened so that a hostile cell cannot flood a terminal.
  static func quoting(_ text: String) -> String {
    let shown = text.prefix(40).unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? "\u{FFFD}" : String(scalar)
    }
    return "'" + shown.joined() + (text.count > 40 ? "…" : "") + "'"
  }

  /// A list of names, at most eight of them.
  static func listing(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.isEmpty ? "none" : names.count > 8 ? "\(shown), … (\(names.count))" : shown
  }

  /// An error about a name that is not among `known`, with the nearest one.
  static func unknown(
    _ code: Code, _ name: String, among known: [String], file: String? = nil, line: Int? = nil
  ) -> CohortError {
    let nearest = nearestName(to: name, among: known)
    return CohortError(
      code, file: file, line: line, found: quoting(name),
      expected: "one of " + listing(known),
      remedy: nearest.map { "did you mean \($0)?" })
  }
}
