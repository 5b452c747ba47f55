/// Counts of true against predicted classes, and the scores that need nothing else.
///
/// Averages run over the union of true and predicted classes (METHOD 8.3); 0/0 counts as 0.
public struct ConfusionMatrix: Equatable, Sendable {
  /// Number of classes, C.
  public let classCount: Int
  /// C × C counts, row-major; rows are true classes.
  public let counts: [Int]

  /// Counts pairs of true and predicted classes, each in 0..<classCount.
  ///
  /// - Complexity: O(n + C²).
  public init(truth: [Int], predicted: [Int], classCount: Int) {
    precondition(truth.count == predicted.count, "one prediction per row")
    var counts = [Int](repeating: 0, count: classCount * classCount)
    for (t, p) in zip(truth, predicted) {
      precondition(
        (0..<classCount).contains(t) && (0..<classCount).contains(p), "classes must be known")
      counts[t * classCount + p] += 1
    }
    self.classCount = classCount
    self.counts = counts
  }

  /// A matrix over given counts, row-major with true classes as rows.
  public init(classCount: Int, counts: [Int]) {
    precondition(counts.count == classCount * classCount, "C x C counts are needed")
    self.classCount = classCount
    self.counts = counts
  }

  /// Rows of true class `truth` that were predicted as `predicted`.
  public subscript(truth: Int, predicted: Int) -> Int { counts[truth * classCount + predicted] }

  /// Number of rows.
  public var total: Int { counts.reduce(0, +) }

  /// Rows of each true class.
  public var trueCounts: [Int] {
    (0..<classCount).map { t in (0..<classCount).reduce(0) { $0 + self[t, $1] } }
  }

  /// Rows of each predicted class.
  public var predictedCounts: [Int] {
    (0..<classCount).map { p in (0..<classCount).reduce(0) { $0 + self[$1, p] } }
  }

  /// F1 = 2TP/(2TP + FP + FN) of each class, 0…1; 0 for a class that neither occurs nor is predicted.
  public var f1PerClass: [Double] {
    let (rows, columns) = (trueCounts, predictedCounts)
    return (0..<classCount).map { c in
      let marginal = rows[c] + columns[c]
      return marginal == 0 ? 0 : Double(2 * self[c, c]) / Double(marginal)
    }
  }

  /// Mean F1 over the classes that occur or are predicted, 0…1; nil without rows.
  public var macroF1: Double? {
    let (rows, columns, scores) = (trueCounts, predictedCounts, f1PerClass)
    let present = (0..<classCount).filter { rows[$0] + columns[$0] > 0 }
    guard !present.isEmpty else { return nil }
    return present.reduce(0) { $0 + scores[$1] } / Double(present.count)
  }

  /// F1 weighted by true counts, 0…1; nil without rows.
  public var weightedF1: Double? {
    let (rows, scores) = (trueCounts, f1PerClass)
    guard total > 0 else { return nil }
    return (0..<classCount).reduce(0) { $0 + scores[$1] * Double(rows[$1]) } / Double(total)
  }

  /// Share of right predictions (equal to micro-F1), 0…1; nil without rows.
  public var accuracy: Double? {
    guard total > 0 else { return nil }
    return Double((0..<classCount).reduce(0) { $0 + self[$1, $1] }) / Double(total)
  }

  /// One minus the mean recall over classes that occur, 0…1; nil without rows.
  public var balancedErrorRate: Double? {
    let rows = trueCounts
    let present = (0..<classCount).filter { rows[$0] > 0 }
    guard !present.isEmpty else { return nil }
    let recalls = present.reduce(0) { $0 + Double(self[$1, $1]) / Double(rows[$1]) }
    return 1 - recalls / Double(present.count)
  }

  /// Matthews correlation for any number of classes (Gorodkin 2004), -1…1; 0 where its denominator
  /// is 0, nil without rows.
  public var matthewsCorrelation: Double? {
    guard total > 0 else { return nil }
    let n = Double(total)
    let (rows, columns) = (trueCounts.map(Double.init), predictedCounts.map(Double.init))
    let right = Double((0..<classCount).reduce(0) { $0 + self[$1, $1] })
    let covariance = right * n - zip(rows, columns).reduce(0) { $0 + $1.0 * $1.1 }
    let trueSpread = n * n - rows.reduce(0) { $0 + $1 * $1 }
    let predictedSpread = n * n - columns.reduce(0) { $0 + $1 * $1 }
    guard trueSpread > 0, predictedSpread > 0 else { return 0 }
    return covariance / (trueSpread * predictedSpread).squareRoot()
  }
}

/// Mean F1 over the classes that occur in `truth` or `predicted`, 0…1; 0 without rows.
///
/// F1 of a class is 2TP/(2TP + FP + FN).
/// - Complexity: O(n + C²).
public func macroF1(truth: [Int], predicted: [Int], classCount: Int) -> Double {
  ConfusionMatrix(truth: truth, predicted: predicted, classCount: classCount).macroF1 ?? 0
}

/// F1 weighted by true counts, 0…1; 0 without rows.
public func weightedF1(truth: [Int], predicted: [Int], classCount: Int) -> Double {
  ConfusionMatrix(truth: truth, predicted: predicted, classCount: classCount).weightedF1 ?? 0
}

/// Share of right predictions, 0…1; 0 without rows.
public func accuracy(truth: [Int], predicted: [Int]) -> Double {
  precondition(truth.count == predicted.count, "one prediction per row")
  guard !truth.isEmpty else { return 0 }
  return Double(zip(truth, predicted).count { $0 == $1 }) / Double(truth.count)
}
