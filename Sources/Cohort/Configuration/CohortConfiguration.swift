/// What `cohort.yaml` says about the files of its folder; everything is optional.
///
/// ```yaml
/// title: Breast cancer, three assays
/// source: TCGA
/// licence: open access
/// label: subtype                # column of labels.csv; default: label
/// group: site
/// label_from: [mrna]            # the label was derived from these modalities
/// sample_id: tcga-patient       # or exact, {prefix: 12}, or a list of steps (``SampleRule``)
/// missing: [Unknown, "-999"]    # further words for a missing value
/// classes: {a: A, b: B}         # other names of classes
/// orientation: {raw.csv: samples-in-columns}
/// modalities: [cnv, mrna]       # order; others follow by name
/// transforms: {mrna: log1p}     # or clr, rank, none
/// files: {outcomes.csv: label, site.tsv: covariates, raw.csv: ignore}
/// columns:
///   labels.csv: {age: covariates, site: group, comment: ignore}
/// ```
struct CohortConfiguration: Equatable, Sendable {
  /// What a file or a column is for.
  enum Role: String, CaseIterable, Sendable {
    case modality, covariates, label, group, ignore
  }

  /// Which axis of a file holds the samples.
  enum Axis: String, CaseIterable, Sendable {
    case samplesInRows = "samples-in-rows"
    case samplesInColumns = "samples-in-columns"

    /// The same of a table.
    var orientation: NamedTable.Orientation {
      self == .samplesInRows ? .samplesInRows : .samplesInColumns
    }
  }

  /// File name, for messages.
  static let fileName = "cohort.yaml"

  /// Whether a file of that name is the configuration: `cohort.yaml` or `cohort.yml` in any case.
  static func isName(_ name: String) -> Bool {
    ["cohort.yaml", "cohort.yml"].contains(name.lowercased())
  }

  var details = CohortDetails()
  var label: String?
  var group: String?
  var sampleRule = SampleRule.exact
  var modalityOrder = [String]()
  var transforms = [String: AssayTransform]()
  var fileRoles = [String: Role]()
  var columnRoles = [String: [String: Role]]()
  /// Words that stand for a missing value beside the usual ones.
  var missing = [String]()
  /// New name of each class that is renamed.
  var classNames = [String: String]()
  /// Axis of the samples by file name or stem.
  var orientations = [String: Axis]()
  /// Line of each name used as a key or listed, for messages.
  var lines = [String: Int]()

  /// Role of a file: named in full or by its stem, else by convention.
  func role(of file: String, stem: String) -> Role {
    if let role = fileRoles[file] ?? fileRoles[stem] { return role }
    switch stem.lowercased() {
    case "labels": return .label
    case "clinical", "covariates": return .covariates
    default: return .modality
    }
  }

  /// Roles given to columns of a file, named in full or by its stem.
  func columns(of file: String, stem: String) -> [String: Role] {
    columnRoles[file] ?? columnRoles[stem] ?? [:]
  }

  /// Axis of the samples of a file, where it is given.
  func orientation(of file: String, stem: String) -> NamedTable.Orientation? {
    (orientations[file] ?? orientations[stem])?.orientation
  }

  /// An error about a name in `cohort.yaml` that does not exist.
  func unknown(_ name: String, among known: [String], in what: String) -> CohortError {
    var error = CohortError.unknown(
      .badConfiguration, name, among: known, file: Self.fileName, line: lines[name])
    error.found = "\(CohortError.quoting(name)) under \(what)"
    return error
  }
}
