/// How far two patients lie apart in one modality.
public enum DistanceMetric: String, CaseIterable, Codable, Hashable, Sendable {
  /// Squared Euclidean distance, ≥ 0 (as MoGCN, Li et al. 2022).
  case sqeuclidean
  /// Euclidean distance, ≥ 0.
  case euclidean
  /// 1 − cosine of the angle, in 0...2; a zero row lies at 1 from every other row.
  case cosine
  /// 1 − Pearson correlation, in 0...2; a constant row lies at 1 from every other row.
  case correlation

  /// Distance between patients without a co-observed feature: what two unrelated standardised
  /// rows of `featureCount` features lie apart on average.
  func unrelatedDistance(featureCount: Int) -> Double {
    switch self {
    case .sqeuclidean: 2 * Double(featureCount)
    case .euclidean: (2 * Double(featureCount)).squareRoot()
    case .cosine, .correlation: 1
    }
  }
}
