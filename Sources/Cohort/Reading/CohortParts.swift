/// What a reader hands over: the parts of a cohort, each with its own patients, not yet joined.
public struct CohortParts: Sendable {
  /// The table of labels, which gives the order of its patients; nil without one.
  public var labels: SideTable?
  /// Clinical tables: their columns are covariates.
  public var covariates = [SideTable]()
  /// Tables whose first column groups patients.
  public var groups = [SideTable]()
  /// Assays in order of files by name.
  public var modalities = [MeasuredTable]()
  /// Names of modalities in the order of the result; nil keeps the order of ``modalities``.
  public var modalityOrder: [String]?
  /// What `cohort.yaml` says; the reader's own knowledge where the format has no such file.
  var configuration = CohortConfiguration()
  /// What the reader decided or doubts.
  public var notices = [CohortNotice]()

  /// Parts to be filled.
  public init() {}
}
