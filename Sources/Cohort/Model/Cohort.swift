/// A cohort as read and aligned: patients, their modalities and covariates, and the outcome.
public struct Cohort: Sendable {
  /// Short name: the folder's name, or `acc`, `multifeature` for embedded ones.
  public let name: String
  /// Measurements of all patients, in order of first appearance.
  public let table: PatientTable
  /// The outcome; nil where no labels were given (`fuse`, `predict`).
  public let outcome: Outcome?
  /// Group of each patient where grouped folds were asked for; such patients stay together.
  public let groups: [String]?
  /// Title, source, licence and what the label was derived from.
  public let details: CohortDetails
  /// What the reader decided or found, in order, for the log and the report.
  public let notices: [CohortNotice]
  /// How each modality's file joined with the labels; empty for a cohort not read from files.
  public let joins: [FileJoin]
  /// Columns beside the outcome that are not covariates; looked at for repeated subjects alone.
  public let sideColumns: [SideColumn]
  /// Change of scale of each modality that had one.
  public let transforms: [String: AssayTransform]

  /// Creates a cohort from aligned parts.
  public init(
    name: String, table: PatientTable, outcome: Outcome?, groups: [String]? = nil,
    details: CohortDetails = CohortDetails(), notices: [CohortNotice] = [],
    joins: [FileJoin] = [], sideColumns: [SideColumn] = [],
    transforms: [String: AssayTransform] = [:]
  ) {
    self.name = name
    self.table = table
    self.outcome = outcome
    self.groups = groups
    self.details = details
    self.notices = notices
    self.joins = joins
    self.sideColumns = sideColumns
    self.transforms = transforms
  }

  /// The nominal outcome, if that is what the cohort has.
  public var nominalOutcome: NominalOutcome? {
    guard case .nominal(let outcome)? = outcome else { return nil }
    return outcome
  }
}

/// Where a cohort comes from.
public struct CohortDetails: Equatable, Sendable {
  /// Title for the report.
  public var title: String?
  /// Source of the data.
  public var source: String?
  /// Licence of the data.
  public var license: String?
  /// Modalities that the label was derived from; they are favoured by construction.
  public var labelDerivedFrom: [String]

  /// Creates details; all unknown by default.
  public init(
    title: String? = nil, source: String? = nil, license: String? = nil,
    labelDerivedFrom: [String] = []
  ) {
    self.title = title
    self.source = source
    self.license = license
    self.labelDerivedFrom = labelDerivedFrom
  }
}
