import Foundation

/// What `equipoise mi` prints: one estimate with its uncertainty.
public struct InformationRecord: Equatable, Sendable, Encodable {
  /// Nats, unclipped: a negative value shows the noise.
  public let estimate: Double
  /// Name of the estimator that gave it; under `auto` the chosen one.
  public let estimator: String
  /// Why this estimator, in words; nil where it was asked for by name.
  public let reason: String?
  /// Samples compared.
  public let n: Int
  /// Columns of x.
  public let dimensionX: Int
  /// Columns of y; labels have one.
  public let dimensionY: Int
  /// Lower and upper end in nats; nil where it cannot be had.
  public let interval: [Double]?
  /// Permutation p of independence; nil without permutations.
  public let p: Double?
  /// What is to be told with it.
  public let warnings: [String]

  enum CodingKeys: String, CodingKey {
    case estimate, units, estimator, reason, n, interval, warnings
    case dimensionX = "dim_x"
    case dimensionY = "dim_y"
    case p = "p_value"
  }

  /// Every key is there; a value that does not exist is null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(estimate, forKey: .estimate)
    try container.encode("nats", forKey: .units)
    try container.encode(estimator, forKey: .estimator)
    try container.encode(reason, forKey: .reason)
    try container.encode(n, forKey: .n)
    try container.encode(dimensionX, forKey: .dimensionX)
    try container.encode(dimensionY, forKey: .dimensionY)
    try container.encode(interval, forKey: .interval)
    try container.encode(p, forKey: .p)
    try container.encode(warnings, forKey: .warnings)
  }
}

/// What `equipoise mi --each` prints: one estimate a column of x.
public struct ColumnInformationRecord: Equatable, Sendable, Encodable {
  /// One column of x.
  public struct Column: Equatable, Sendable, Encodable {
    /// Its name.
    public let name: String
    /// Nats, unclipped; 0 where the column or y does not vary, nil where rows are too few.
    public let estimate: Double?
    /// Name of the estimator that gave it.
    public let estimator: String
    /// Samples with a value in it.
    public let n: Int
    /// Permutation p of independence; nil without permutations.
    public let p: Double?

    enum CodingKeys: String, CodingKey {
      case name, estimate, estimator, n
      case p = "p_value"
    }

    /// Every key is there; a value that does not exist is null.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(estimate, forKey: .estimate)
      try container.encode(estimator, forKey: .estimator)
      try container.encode(n, forKey: .n)
      try container.encode(p, forKey: .p)
    }
  }

  /// The columns, in the order of the file.
  public let columns: [Column]
  /// Samples compared, where no cell is missing.
  public let n: Int
  /// Columns of y; labels have one.
  public let dimensionY: Int
  /// What is to be told with it.
  public let warnings: [String]

  enum CodingKeys: String, CodingKey {
    case columns, units, n, warnings
    case dimensionY = "dim_y"
  }

  /// Every key is there.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .columns)
    try container.encode("nats", forKey: .units)
    try container.encode(n, forKey: .n)
    try container.encode(dimensionY, forKey: .dimensionY)
    try container.encode(warnings, forKey: .warnings)
  }
}

extension Encodable {
  /// Indented JSON with sorted keys and a newline at the end, as in all files and answers.
  package func sortedJSON() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(self)
    data.append(0x0A)
    return data
  }
}
