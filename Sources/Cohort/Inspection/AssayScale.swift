import LinearAlgebra

/// What scale an assay seems to be measured on, where linear methods profit from a transform.
public struct AssayScale: Codable, Equatable, Sendable {
  /// The kinds that are recognized.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Whole numbers ≥ 0, of which the largest is above 100 and above twenty times their mean.
    case counts
    /// Numbers ≥ 0 that sum to 1, 100 or a million for each patient (within 1 %).
    case shares
    /// Numbers ≥ 0 of which half of the features have a skewness above 2.
    case heavyTails = "heavy-tails"
  }

  /// The kind.
  public let kind: Kind
  /// Transform that suits it.
  public let transform: AssayTransform

  /// Fewest patients from which on a tail or a sum says something.
  private static let fewestPatients = 10

  /// Nil for a table on no such scale, as after a logarithm. O(patients × features).
  init?(_ values: Matrix, rows: [Int]) {
    guard rows.count >= Self.fewestPatients, values.columnCount > 1 else { return nil }
    var facts = Facts()
    for i in rows {
      for value in values.row(i) where !value.isNaN { facts.add(value) }
    }
    guard facts.minimum >= 0, facts.maximum > 0 else { return nil }
    if facts.isWhole, facts.maximum > 100, facts.maximum > 20 * facts.mean {
      (kind, transform) = (.counts, .log1p)
    } else if Self.sumsAreConstant(values, rows) {
      (kind, transform) = (.shares, .clr)
    } else if facts.distinctEnough, Self.medianSkewness(values, rows) > 2 {
      // log1p of small numbers is the number itself: log-ratios do not depend on the unit.
      kind = .heavyTails
      transform = facts.mean >= 1 ? .log1p : .clr
    } else {
      return nil
    }
  }

  /// Facts of all observed cells.
  private struct Facts {
    var count = 0
    var minimum = Double.infinity
    var maximum = -Double.infinity
    var mean = 0.0
    var isWhole = true
    private var levels = Set<Double>()

    mutating func add(_ value: Double) {
      count += 1
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      mean += (value - mean) / Double(count)
      if value != value.rounded() { isWhole = false }
      if levels.count <= 20 { levels.insert(value) }
    }

    /// Mutations and grades have few levels, and no tail.
    var distinctEnough: Bool { levels.count > 20 }
  }

  /// Whether the cells of each complete patient sum to 1, 100 or 1,000,000.
  private static func sumsAreConstant(_ values: Matrix, _ rows: [Int]) -> Bool {
    let complete = rows.filter { row in !values.row(row).contains(where: \.isNaN) }
    guard complete.count >= fewestPatients else { return false }
    let sums = complete.map { orderedSum(Array(values.row($0))) }
    return [1.0, 100, 1e6].contains { total in
      sums.allSatisfy { abs($0 - total) <= 0.01 * total }
    }
  }

  /// Median over features of the moment coefficient of skewness; constant features are left out.
  private static func medianSkewness(_ values: Matrix, _ rows: [Int]) -> Double {
    var all = [Double]()
    for j in 0..<values.columnCount {
      let column = rows.map { values[$0, j] }.filter { !$0.isNaN }
      guard column.count >= fewestPatients, variesBeyondRounding(column) else { continue }
      let mean = orderedMean(column)
      let deviation = standardDeviation(column, mean: mean)
      guard deviation > 0, deviation.isFinite else { continue }
      all.append(
        orderedMean(
          column.map { value in
            let score = (value - mean) / deviation
            return score * score * score
          }))
    }
    return all.isEmpty ? 0 : all.sorted()[all.count / 2]
  }

  /// What was seen, in words.
  var description: String {
    switch kind {
    case .counts: "the values look like counts"
    case .shares: "the values of each patient look like shares of a whole"
    case .heavyTails: "most features have a heavy upper tail"
    }
  }

  /// The line to write.
  func remedy(_ modality: String) -> String {
    "transforms: {\(modality.asYAML): \(transform.rawValue)} in cohort.yaml, or "
      + "--transform \(modality)=\(transform.rawValue)"
  }
}

extension ModalityInspection {
  /// The offered transform in one line; nil where none is.
  var scaleOffer: String? {
    scale.map { "\($0.description); consider \($0.remedy(name))" }
  }

  /// The same as a warning.
  var scaleNotice: CohortNotice? {
    scale.map {
      .warning(
        "assay-scale",
        CohortNotice.opened($0.description) + ", which a few large values dominate.",
        place: name, remedy: "consider \($0.remedy(name))")
    }
  }
}
