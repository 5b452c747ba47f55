/// What is wrong with a cohort, where, and what to do about it.
///
/// The data of an error stands here, its wording in `CohortError+Wording.swift`.
public struct CohortError: Error, Equatable, Sendable {
  /// The kinds of failure, each with one exit code.
  public enum Code: String, CaseIterable, Sendable {
    /// The folder does not exist or is not a folder.
    case missingFolder
    /// A file that is needed is absent.
    case missingFile
    /// A file is there but cannot be read.
    case unreadableFile
    /// A file is not a table: ragged row, open quote, no rows, not UTF-8.
    case malformedTable
    /// A cell that must be a number is not.
    case notANumber
    /// A cell is infinite, or too large for a double.
    case infiniteValue
    /// A patient stands twice in one file.
    case duplicateSample
    /// A feature or column name stands twice.
    case duplicateFeature
    /// A patient, feature or column has no name.
    case emptyName
    /// The same table stands twice, for example plain and compressed.
    case duplicateFile
    /// No identifier of a file is among the labels'.
    case noOverlap
    /// A gzip file ends early or is damaged.
    case truncatedGzip
    /// A zip archive is damaged, encrypted, or compressed in a way that is not read.
    case damagedArchive
    /// A compressed file holds more than is allowed.
    case tooLarge
    /// `--format` names no known format.
    case unknownFormat
    /// Identifiers on both axes of a table may be the samples.
    case ambiguousOrientation
    /// The header of a table is absent.
    case missingHeader
    /// A transform is not defined for a value, such as `log1p` of -1 or less.
    case invalidTransform
    /// There are labels, but no modality.
    case noModality
    /// A modality has no value at all.
    case emptyModality
    /// A table has the same values in all rows.
    case constantTable
    /// No sample of a pair of tables has all its cells.
    case noCompleteRow
    /// A class has a single labelled patient.
    case singletonClass
    /// All labelled patients are of one class.
    case oneClass
    /// The label is a number that hardly any two patients share.
    case numericLabel
    /// No labelled patient has any modality.
    case noLabelledPatient
    /// A column was named that does not exist.
    case unknownColumn
    /// A modality was named that does not exist.
    case unknownModality
    /// An embedded cohort was named that does not exist.
    case unknownCohort
    /// A `--where` filter cannot be read.
    case badFilter
    /// Filters left no patient.
    case noPatientLeft
    /// `cohort.yaml` cannot be read or says something unknown.
    case badConfiguration
  }

  /// The kind of failure.
  public let code: Code
  /// File name, if one file is concerned.
  public var file: String?
  /// Line, from 1, as an editor counts.
  public var line: Int?
  /// Column (field) number, from 1; the identifier column is 1.
  public var column: Int?
  /// Name of the column, where it has one.
  public var columnName: String?
  /// Patient concerned.
  public var patient: String?
  /// Modality concerned.
  public var modality: String?
  /// What was found.
  public var found: String?
  /// What was expected; by default what the code says.
  public var expected: String?
  /// What to do; by default what the code says.
  public var remedy: String?

  /// Creates an error; `expected` and `remedy` fall back to the wording of `code`.
  public init(
    _ code: Code, file: String? = nil, line: Int? = nil, column: Int? = nil,
    columnName: String? = nil, patient: String? = nil, modality: String? = nil,
    found: String? = nil, expected: String? = nil, remedy: String? = nil
  ) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.columnName = columnName
    self.patient = patient
    self.modality = modality
    self.found = found
    self.expected = expected ?? code.usualExpectation
    self.remedy = remedy ?? code.usualRemedy
  }

  /// Exit code after sysexits: 64 usage, 65 data, 66 input missing, 78 configuration.
  public var exitCode: Int32 { code.exitCode }
}

extension CohortError.Code {
  /// Exit code after sysexits: 64 usage, 65 data, 66 input missing, 78 configuration.
  public var exitCode: Int32 {
    switch self {
    case .unknownColumn, .unknownModality, .unknownCohort, .unknownFormat, .badFilter,
      .noPatientLeft:
      64
    case .missingFolder, .missingFile, .unreadableFile: 66
    case .badConfiguration: 78
    default: 65
    }
  }
}
