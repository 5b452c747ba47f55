import LinearAlgebra

/// Columns of a modality that may not be what a learner should see.
public struct Suspicion: Codable, Equatable, Sendable {
  /// Why a column is suspected.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Its few distinct values determine the label exactly.
    case label
    /// Distinct whole numbers that only rise or only fall in row order.
    case identifier
    /// Non-negative whole numbers of large range; counts want a logarithm first.
    case rawCounts = "raw_counts"
  }

  /// Why.
  public var kind: Kind
  /// Number of such columns.
  public var count: Int
  /// Names of the first of them, at most ``namedFeatures``.
  public var features: [String]

  /// At most this many columns are named.
  public static let namedFeatures = 10
  /// Fewer observed patients than this say nothing about a column.
  package static let leastPatients = 8
  /// Range from which whole numbers look like counts rather than grades.
  package static let countRange = 100.0

  /// One entry per kind that occurs; a column counts under the first kind that fits.
  static func all(in columns: Matrix, names: [String], labels: [Int]) -> [Suspicion] {
    let kinds = names.indices.map { kind(of: columns.row($0), labels: labels) }
    return Kind.allCases.compactMap { kind in
      let found = names.indices.filter { kinds[$0] == kind }
      guard !found.isEmpty else { return nil }
      return Suspicion(
        kind: kind, count: found.count,
        features: found.prefix(namedFeatures).map { names[$0] })
    }
  }

  private static func kind(of column: ArraySlice<Double>, labels: [Int]) -> Kind? {
    let observed = column.filter { !$0.isNaN }
    guard observed.count >= leastPatients else { return nil }
    if determinesLabel(column, labels: labels) { return .label }
    guard observed.allSatisfy({ $0 == $0.rounded() }) else { return nil }
    let steps = zip(observed, observed.dropFirst())
    if steps.allSatisfy({ $0 < $1 }) || steps.allSatisfy({ $0 > $1 }) { return .identifier }
    guard let least = observed.min(), let most = observed.max() else { return nil }
    return least >= 0 && most - least >= countRange ? .rawCounts : nil
  }

  /// Few distinct values: at most two per class, and each seen twice on average at the least.
  private static func determinesLabel(_ column: ArraySlice<Double>, labels: [Int]) -> Bool {
    let classCount = Set(labels.filter { $0 >= 0 }).count
    var labelOfValue = [Double: Int]()
    var observed = 0
    for (value, label) in zip(column, labels) where label >= 0 && !value.isNaN {
      observed += 1
      if labelOfValue[value, default: label] != label { return false }
      labelOfValue[value] = label
      if labelOfValue.count > 2 * classCount { return false }
    }
    return observed >= leastPatients && labelOfValue.count * 2 <= observed
      && Set(labelOfValue.values).count > 1
  }
}
