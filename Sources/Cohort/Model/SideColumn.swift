/// A column of labels or covariates as texts: also one that is neither outcome nor covariate,
/// such as a column of subjects beside the label.
public struct SideColumn: Equatable, Sendable {
  /// Column name.
  public let name: String
  /// One text per patient; nil is missing.
  public let texts: [String?]

  /// Creates a column.
  public init(name: String, texts: [String?]) {
    self.name = name
    self.texts = texts
  }
}
