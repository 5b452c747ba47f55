import LinearAlgebra

/// Bootstrap over patients, or over groups of patients, of a metric on pooled out-of-fold
/// predictions.
///
/// In each resample the patients (groups) tested anywhere are drawn with replacement; the metric is
/// computed on the pooled predictions of each repeat and averaged over repeats. The draws come from
/// the stream given, so that methods compared with one bootstrap meet the same resamples. What a
/// fit would have been on other patients is not part of this spread: the interval is conditional on
/// the fitted models.
public struct PatientBootstrap: Sendable {
  /// Class of each row of the cohort.
  public let labels: [Int]
  /// Number of classes.
  public let classCount: Int
  /// Number of resamples, default 2,000.
  public let resampleCount: Int
  private let groups: [String]?
  private let stream: RandomStream

  /// A bootstrap for a cohort.
  public init(
    labels: [Int], classCount: Int, groups: [String]? = nil, resampleCount: Int = 2000,
    stream: RandomStream
  ) {
    self.labels = labels
    self.classCount = classCount
    self.groups = groups
    self.resampleCount = resampleCount
    self.stream = stream
  }

  /// The metric of a method in each resample; NaN where it is undefined.
  ///
  /// - Complexity: O(resamples · repeats · patients).
  public func scores(of method: MethodPredictions, metric: any ClassMetric = MacroF1()) -> [Double]
  {
    let repeats = pooled(method)
    let units = drawnUnits(repeats)
    guard !units.isEmpty else { return [Double](repeating: .nan, count: resampleCount) }
    var stream = stream
    var multiplicity = [Int](repeating: 0, count: labels.count)
    return (0..<resampleCount).map { _ in
      for unit in units { for row in unit { multiplicity[row] = 0 } }
      for _ in units { for row in units[stream.below(units.count)] { multiplicity[row] += 1 } }
      var values = [Double]()
      for cells in repeats {
        var counts = [Int](repeating: 0, count: classCount * classCount)
        for (row, cell) in cells { counts[cell] += multiplicity[row] }
        let matrix = ConfusionMatrix(classCount: classCount, counts: counts)
        if let value = metric.value(of: matrix) { values.append(value) }
      }
      return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }
  }

  /// Percentile interval of the difference a - b of two methods' resampled scores; nil if fewer
  /// than half of the resamples are defined.
  public static func interval(
    _ a: [Double], minus b: [Double], level: Double = 0.95
  ) -> Interval? {
    let differences = zip(a, b).map { $0 - $1 }.filter { !$0.isNaN }.sorted()
    guard !differences.isEmpty, differences.count * 2 >= a.count else { return nil }
    return Interval(
      lower: quantile(ofSorted: differences, (1 - level) / 2),
      upper: quantile(ofSorted: differences, (1 + level) / 2))
  }

  /// For each repeat the tested rows, with the cell of the confusion matrix each falls in.
  private func pooled(_ method: MethodPredictions) -> [[(row: Int, cell: Int)]] {
    var result = [[(row: Int, cell: Int)]]()
    for fold in method.folds {
      while result.count <= fold.repeat { result.append([]) }
      for (row, predicted) in zip(fold.rows, argmaxRows(fold.probabilities)) {
        result[fold.repeat].append((row, labels[row] * classCount + predicted))
      }
    }
    return result
  }

  /// Tested rows by drawing unit: one patient, or one group (in order of first appearance).
  private func drawnUnits(_ repeats: [[(row: Int, cell: Int)]]) -> [[Int]] {
    var isTested = [Bool](repeating: false, count: labels.count)
    for cells in repeats { for (row, _) in cells { isTested[row] = true } }
    let tested = labels.indices.filter { isTested[$0] }
    guard let groups else { return tested.map { [$0] } }
    var position = [String: Int]()
    var units = [[Int]]()
    for row in tested {
      if let known = position[groups[row]] {
        units[known].append(row)
      } else {
        position[groups[row]] = units.count
        units.append([row])
      }
    }
    return units
  }
}

/// Quantile of ascending values by linear interpolation between order statistics (type 7 of Hyndman
/// & Fan 1996).
package func quantile(ofSorted values: [Double], _ probability: Double) -> Double {
  let position = probability * Double(values.count - 1)
  let below = min(max(Int(position), 0), values.count - 1)
  let above = min(below + 1, values.count - 1)
  return values[below] + (position - Double(below)) * (values[above] - values[below])
}
