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

/// Patterns of missing modalities that a model is read out of fold for, and calibrated where enough
/// patients have what is left.
///
/// Patterns of the training patients by frequency, then one modality missing: M² of them at most, and so
/// many that M times their number stays within ``costLimit``, since a fit costs about M. Patients with
/// another pattern are served as well, with the calibration of all patients.
struct ServedPatterns: Sendable {
  /// Most patterns.
  static let most = 31
  /// Limit of patterns times modalities.
  static let costLimit = 120

  /// In the order above.
  let patterns: [MissingPattern]
  /// Proper subsets that are left out.
  let omittedCount: Int

  /// - Parameters:
  ///   - modalities: the model's, in order.
  ///   - natural: pattern of each training patient.
  init(modalities: [String], natural: [MissingPattern]) {
    let count = modalities.count
    let limit = max(1, min(Self.most, count * count, Self.costLimit / max(count, 1)))
    var order = Self.byFrequency(natural).filter { !$0.missing.isEmpty && $0.missing.count < count }
    order += modalities.map { MissingPattern(missing: [$0]) }
    var seen = Set<MissingPattern>()
    order = count > 1 ? order.filter { seen.insert($0).inserted } : []
    patterns = Array(order.prefix(limit))
    // Proper, non-empty subsets; with very many modalities more than can be counted.
    omittedCount = max(0, (1 << min(count, 40)) - 2 - patterns.count)
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
