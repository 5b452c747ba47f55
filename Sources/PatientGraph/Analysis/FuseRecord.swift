/// The content of `fuse.json`.
public struct FuseRecord: Codable, Equatable, Sendable {
  /// Patients.
  public var n: Int
  /// Names of the fused modalities.
  public var modalities: [String]
  /// Neighbors K used (lowered where modalities are small).
  public var neighbors: Int
  /// Factor on the kernel's bandwidth.
  public var mu: Double
  /// Iterations.
  public var iterations: Int
  /// Distance.
  public var metric: DistanceMetric
  /// Update rule.
  public var variant: FusionVariant
  /// Number of clusters at the largest eigengap among 2...10.
  public var eigengap: Int
  /// Number of clusters used.
  public var clusters: Int
  /// Normalised mutual information of clusters and labels, null without labels.
  public var nmi: Double?
  /// Adjusted Rand index of clusters and labels, null without labels.
  public var ari: Double?
  /// Mean relative change of the status matrices in each iteration.
  public var convergence: [Double]
  /// What the reader should know.
  public var notes: [String]

  /// Encodes all keys, absent scores as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(n, forKey: .n)
    try container.encode(modalities, forKey: .modalities)
    try container.encode(neighbors, forKey: .neighbors)
    try container.encode(mu, forKey: .mu)
    try container.encode(iterations, forKey: .iterations)
    try container.encode(metric, forKey: .metric)
    try container.encode(variant, forKey: .variant)
    try container.encode(eigengap, forKey: .eigengap)
    try container.encode(clusters, forKey: .clusters)
    try container.encode(nmi, forKey: .nmi)
    try container.encode(ari, forKey: .ari)
    try container.encode(convergence, forKey: .convergence)
    try container.encode(notes, forKey: .notes)
  }
}
