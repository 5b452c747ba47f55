import LinearAlgebra

/// How labelled and unlabelled patients differ in one modality.
public struct PopulationDifference: Codable, Equatable, Sendable {
  /// Modality name.
  public let modality: String
  /// Share of labelled patients that have it, 0…1.
  public let measuredLabelled: Double
  /// Share of unlabelled patients that have it, 0…1.
  public let measuredUnlabelled: Double
  /// Largest standardised mean difference over features; nil with fewer than two patients a side.
  public let largestDifference: Double?
  /// Feature it belongs to.
  public let feature: String?

  /// Compares the two; `labels` holds a class or -1 for each patient.
  init(_ table: ModalityTable, labels: [Int]) {
    modality = table.name
    let labelled = labels.indices.filter { labels[$0] >= 0 }
    let unlabelled = labels.indices.filter { labels[$0] < 0 }
    func share(_ rows: [Int]) -> Double {
      rows.isEmpty ? 0 : Double(rows.count { table.isMeasured[$0] }) / Double(rows.count)
    }
    measuredLabelled = share(labelled)
    measuredUnlabelled = share(unlabelled)

    let here = Self.moments(table, labelled)
    let there = Self.moments(table, unlabelled)
    var best: (difference: Double, column: Int)?
    for column in 0..<table.featureCount {
      guard let difference = Self.difference(here[column], there[column]) else { continue }
      if difference > best?.difference ?? -1 { best = (difference, column) }
    }
    largestDifference = best?.difference
    feature = best.map { table.featureNames[$0.column] }
  }

  /// |m₁ - m₂| / √((s₁² + s₂²) / 2) (Cohen's d with averaged variances; Austin, 2009); nil where a
  /// side has fewer than two values or nothing varies.
  private static func difference(_ a: Moments, _ b: Moments) -> Double? {
    guard a.count > 1, b.count > 1 else { return nil }
    let spread = ((a.variance + b.variance) / 2).squareRoot()
    return spread > 0 ? abs(a.mean - b.mean) / spread : nil
  }

  private struct Moments {
    var count = 0
    var mean = 0.0
    var squares = 0.0
    var variance: Double { squares / Double(count - 1) }

    /// Welford's update (1962).
    mutating func add(_ value: Double) {
      count += 1
      let deviation = value - mean
      mean += deviation / Double(count)
      squares += deviation * (value - mean)
    }
  }

  private static func moments(_ table: ModalityTable, _ rows: [Int]) -> [Moments] {
    var moments = [Moments](repeating: Moments(), count: table.featureCount)
    for i in rows {
      for (j, value) in table.values.row(i).enumerated() where !value.isNaN {
        moments[j].add(value)
      }
    }
    return moments
  }
}
