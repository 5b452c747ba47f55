import Cohort

/// Modalities that a patient lacks, by name in the model's order.
public struct MissingPattern: Hashable, Codable, Sendable {
  /// Missing modalities; empty where the patient has all.
  public let missing: [String]

  /// A pattern.
  public init(missing: [String]) { self.missing = missing }

  /// All modalities are there.
  public static let complete = MissingPattern(missing: [])
}

/// Which patterns of missing modalities a model is prepared for.
///
/// Every proper subset of up to five modalities; with more, or in a large cohort, the first of this
/// order that fit: patterns of the training patients by frequency, one modality missing, all but one
/// missing, then by number of missing modalities. Patients with another pattern are served by the fit
/// for complete patients, where a missing modality stands at its training mean.
struct ServedPatterns: Sendable {
  /// Most patterns a model is fitted for.
  static let most = 31
  /// Bytes that the fits of all patterns may take.
  static let budget = 1 << 30

  /// In the order above.
  let patterns: [MissingPattern]
  /// Proper subsets that are left out.
  let omittedCount: Int

  /// - Parameters:
  ///   - modalities: the model's, in order.
  ///   - natural: pattern of each training patient.
  ///   - bytes: what the fit of one pattern takes.
  init(modalities: [String], natural: [MissingPattern], bytes: Int) {
    // Beyond sixteen modalities the subsets cannot be listed, and none but the first matter.
    let count = modalities.count
    let affordable = max(1, Self.budget / max(bytes, 1))
    let limit = min(Self.most, affordable)
    var order = Self.byFrequency(natural).filter { !$0.missing.isEmpty && $0.missing.count < count }
    order += modalities.map { MissingPattern(missing: [$0]) }
    order += modalities.map { kept in MissingPattern(missing: modalities.filter { $0 != kept }) }
    if count <= 16 {
      let subsets = (1..<max(1 << count - 1, 1)).map { bits in
        MissingPattern(
          missing: modalities.indices.filter { bits >> $0 & 1 == 1 }.map { modalities[$0] })
      }
      for size in 1..<max(count, 1) { order += subsets.filter { $0.missing.count == size } }
    }
    var seen = Set<MissingPattern>()
    order = count > 1 ? order.filter { seen.insert($0).inserted } : []
    patterns = Array(order.prefix(limit))
    omittedCount = order.count - patterns.count
  }

  private static func byFrequency(_ natural: [MissingPattern]) -> [MissingPattern] {
    var order = [MissingPattern]()
    var counts = [MissingPattern: Int]()
    for pattern in natural {
      if counts[pattern] == nil { order.append(pattern) }
      counts[pattern, default: 0] += 1
    }
    // Stable by first appearance where counts are equal.
    return order.enumerated().sorted {
      (counts[$1.element] ?? 0, $0.offset) < (counts[$0.element] ?? 0, $1.offset)
    }.map(\.element)
  }
}

extension AlignedPatients {
  /// Pattern of each patient.
  var patterns: [MissingPattern] {
    (0..<table.patientCount).map { row in
      MissingPattern(missing: table.modalities.filter { !$0.isMeasured[row] }.map(\.name))
    }
  }
}
