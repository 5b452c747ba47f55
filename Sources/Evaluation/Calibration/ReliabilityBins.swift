import LinearAlgebra

/// Rows by their top probability in bins (lo, hi] of equal width: stated confidence against reached
/// accuracy.
public struct ReliabilityBins: Equatable, Sendable {
  /// One bin.
  public struct Bin: Equatable, Sendable {
    /// Lower edge, not included (but 0 is in the first bin).
    public let lower: Double
    /// Upper edge, included.
    public let upper: Double
    /// Rows in the bin.
    public let count: Int
    /// Mean top probability; nil for an empty bin.
    public let confidence: Double?
    /// Share of right predictions; nil for an empty bin.
    public let accuracy: Double?
  }

  /// Bins from 0 to 1.
  public let bins: [Bin]
  /// Number of rows.
  public let rowCount: Int

  /// Bins the rows; the predicted class is the most probable one, the lowest index on ties.
  ///
  /// - Parameters:
  ///   - truth: class of each row.
  ///   - probabilities: rows × classes.
  ///   - binCount: default 10.
  public init(truth: [Int], probabilities: Matrix, binCount: Int = 10) {
    precondition(truth.count == probabilities.rowCount, "one row of probabilities per label")
    precondition(binCount >= 1, "at least one bin is needed")
    let edges = (0...binCount).map { Double($0) / Double(binCount) }
    var confidences = [[Double]](repeating: [], count: binCount)
    var right = [Int](repeating: 0, count: binCount)
    for (row, predicted) in argmaxRows(probabilities).enumerated() {
      let top = probabilities[row, predicted]
      let bin = (0..<binCount).first { top <= edges[$0 + 1] } ?? binCount - 1
      confidences[bin].append(top)
      if predicted == truth[row] { right[bin] += 1 }
    }
    rowCount = truth.count
    bins = (0..<binCount).map { bin in
      let count = confidences[bin].count
      return Bin(
        lower: edges[bin], upper: edges[bin + 1], count: count,
        confidence: count > 0 ? orderedMean(confidences[bin]) : nil,
        accuracy: count > 0 ? Double(right[bin]) / Double(count) : nil)
    }
  }

  /// Expected calibration error Σ share · |confidence - accuracy|, 0…1; nil without rows.
  public var expectedCalibrationError: Double? {
    guard rowCount > 0 else { return nil }
    return bins.reduce(0) { sum, bin in
      guard let confidence = bin.confidence, let accuracy = bin.accuracy else { return sum }
      return sum + Double(bin.count) / Double(rowCount) * abs(confidence - accuracy)
    }
  }
}
