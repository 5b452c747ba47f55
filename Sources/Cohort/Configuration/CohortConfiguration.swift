/// What `cohort.yaml` says about the files of its folder; everything is optional.
///
/// ```yaml
/// title: Breast cancer, three assays
/// source: TCGA
/// licence: open access
/// label: subtype                # column of labels.csv; default: label
/// group: site
/// label_from: [mrna]            # the label was derived from these modalities
/// sample_id: tcga-patient       # or exact, or {prefix: 12}
/// modalities: [cnv, mrna]       # order; others follow by name
/// transforms: {mrna: log1p}     # or none
/// files: {outcomes.csv: label, site.tsv: covariates, raw.csv: ignore}
/// columns:
///   labels.csv: {age: covariates, site: group, comment: ignore}
/// ```
struct CohortConfiguration: Equatable, Sendable {
  /// What a file or a column is for.
  enum Role: String, CaseIterable, Sendable {
    case modality, covariates, label, group, ignore
  }

  /// What is done to each value of a modality as it is read.
  enum Transform: String, CaseIterable, Sendable {
    case none, log1p
  }

  /// How identifiers are shortened before files are joined.
  enum SampleRule: Equatable, Sendable {
    /// As they stand.
    case exact
    /// TCGA barcodes to their 12 characters of the patient; others as they stand.
    case tcgaPatient
    /// To their first characters.
    case prefix(Int)

    /// The identifier to join by.
    func apply(_ identifier: String) -> String {
      switch self {
      case .exact: identifier
      case .tcgaPatient: identifier.hasPrefix("TCGA-") ? String(identifier.prefix(12)) : identifier
      case .prefix(let count): String(identifier.prefix(count))
      }
    }
  }

  /// File name, for messages.
  static let fileName = "cohort.yaml"

  var details = CohortDetails()
  var label: String?
  var group: String?
  var sampleRule = SampleRule.exact
  var modalityOrder = [String]()
  var transforms = [String: Transform]()
  var fileRoles = [String: Role]()
  var columnRoles = [String: [String: Role]]()
  /// Line of each name used as a key or listed, for messages.
  var lines = [String: Int]()

  /// Role of a file: named in full or by its stem, else by convention.
  func role(of file: String, stem: String) -> Role {
    if let role = fileRoles[file] ?? fileRoles[stem] { return role }
    switch stem {
    case "labels": return .label
    case "clinical", "covariates": return .covariates
    default: return .modality
    }
  }

  /// Roles given to columns of a file, named in full or by its stem.
  func columns(of file: String, stem: String) -> [String: Role] {
    columnRoles[file] ?? columnRoles[stem] ?? [:]
  }

  /// An error about a name in `cohort.yaml` that does not exist.
  func unknown(_ name: String, among known: [String], in what: String) -> CohortError {
    var error = CohortError.unknown(
      .badConfiguration, name, among: known, file: Self.fileName, line: lines[name])
    error.found = "\(CohortError.quoting(name)) under \(what)"
    return error
  }
}
