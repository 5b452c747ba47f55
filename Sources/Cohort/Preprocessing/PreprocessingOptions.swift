/// How each modality is prepared within a fold; all of it is fitted on training rows.
public struct PreprocessingOptions: Codable, Hashable, Sendable {
  /// How missing cells of a measured row are filled.
  public enum Imputation: String, Codable, Sendable, CaseIterable {
    /// The feature's median over training rows.
    case median
    /// Mean of the ten nearest training rows over co-observed features.
    case nearestNeighbors = "knn"
  }

  /// How features are chosen.
  public enum Selection: String, Codable, Sendable, CaseIterable {
    /// All of them.
    case none
    /// Largest variance.
    case variance
    /// Largest one-way ANOVA F against the label.
    case anovaF = "anova-f"
    /// Largest mutual information with the label.
    case labelInformation = "label-mi"
  }

  /// Filling of missing cells; median by default.
  public var imputation: Imputation
  /// Feature selection; none by default.
  public var selection: Selection
  /// Number of features kept per modality by a selection; ≥ 1.
  public var keep: Int
  /// Standardised values are clipped to ± this many training standard deviations; > 0.
  public var clip: Double

  /// Creates options.
  public init(
    imputation: Imputation = .median, selection: Selection = .none, keep: Int = 200,
    clip: Double = 8
  ) {
    self.imputation = imputation
    self.selection = selection
    self.keep = keep
    self.clip = clip
  }
}
