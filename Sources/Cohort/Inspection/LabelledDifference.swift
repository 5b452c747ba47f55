import LinearAlgebra

/// How patients with a label differ from those without, in one modality.
///
/// A large difference means that results on labelled patients may not carry over.
public struct LabelledDifference: Codable, Equatable, Sendable {
  /// Share of labelled patients that were measured, 0…1.
  public var labelledMeasuredShare: Double
  /// Share of unlabelled patients that were measured, 0…1.
  public var unlabelledMeasuredShare: Double
  /// Feature with the largest difference; nil where no feature can be compared.
  public var feature: String?
  /// Its mean over labelled minus mean over unlabelled patients, over the root of the mean of both
  /// variances. The largest of many features is large by chance in small groups.
  public var standardisedDifference: Double?
  /// Labelled patients behind that difference.
  public var labelledPatients: Int
  /// Unlabelled patients behind it.
  public var unlabelledPatients: Int

  enum CodingKeys: String, CodingKey {
    case feature
    case labelledMeasuredShare = "labelled_measured_share"
    case unlabelledMeasuredShare = "unlabelled_measured_share"
    case standardisedDifference = "standardised_difference"
    case labelledPatients = "labelled_patients"
    case unlabelledPatients = "unlabelled_patients"
  }

  init?(_ table: ModalityTable, labels: [Int]) {
    let labelled = labels.indices.filter { labels[$0] >= 0 }
    let unlabelled = labels.indices.filter { labels[$0] < 0 }
    guard !labelled.isEmpty, !unlabelled.isEmpty else { return nil }
    func share(_ rows: [Int]) -> Double {
      Double(rows.count { table.isMeasured[$0] }) / Double(rows.count)
    }
    labelledMeasuredShare = share(labelled)
    unlabelledMeasuredShare = share(unlabelled)
    labelledPatients = 0
    unlabelledPatients = 0
    for j in 0..<table.featureCount {
      let one = labelled.map { table.values[$0, j] }.filter { !$0.isNaN }
      let other = unlabelled.map { table.values[$0, j] }.filter { !$0.isNaN }
      guard one.count > 1, other.count > 1 else { continue }
      let first = one.withUnsafeBufferPointer(ColumnStatistics.moments)
      let second = other.withUnsafeBufferPointer(ColumnStatistics.moments)
      let spread = ((first.variance + second.variance) / 2).squareRoot()
      let difference = (first.mean - second.mean) / spread
      guard spread > 0, difference.isFinite else { continue }
      if standardisedDifference.map({ abs(difference) > abs($0) }) ?? true {
        feature = table.featureNames[j]
        standardisedDifference = difference
        labelledPatients = one.count
        unlabelledPatients = other.count
      }
    }
  }
}
