/// Counts of true against predicted classes in one repeat.
public struct ConfusionCounts: Equatable, Sendable {
  /// Number of classes, C.
  public let classCount: Int
  /// C × C counts, row-major; rows are true classes.
  public private(set) var counts: [Int]

  /// Empty counts.
  public init(classCount: Int) {
    self.classCount = classCount
    counts = [Int](repeating: 0, count: classCount * classCount)
  }

  /// Given counts, row-major with true classes as rows.
  public init(classCount: Int, counts: [Int]) {
    precondition(counts.count == classCount * classCount, "C x C counts are needed")
    self.classCount = classCount
    self.counts = counts
  }

  /// Rows of true class `truth` that were predicted as `predicted`.
  public subscript(truth: Int, predicted: Int) -> Int { counts[truth * classCount + predicted] }

  /// Counts one more row.
  public mutating func add(truth: Int, predicted: Int) {
    counts[truth * classCount + predicted] += 1
  }

  /// Rows of a true class.
  public func trueCount(_ index: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[index, $1] }
  }

  /// Rows predicted as a class.
  public func predictedCount(_ index: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[$1, index] }
  }

  /// TP/(TP + FP), 0…1; nil where the class is never predicted.
  public func precision(_ index: Int) -> Double? {
    let predicted = predictedCount(index)
    return predicted == 0 ? nil : Double(self[index, index]) / Double(predicted)
  }

  /// TP/(TP + FN), 0…1; nil where the class does not occur.
  public func recall(_ index: Int) -> Double? {
    let occurring = trueCount(index)
    return occurring == 0 ? nil : Double(self[index, index]) / Double(occurring)
  }

  /// 2TP/(2TP + FP + FN), 0…1; 0 for a class that neither occurs nor is predicted.
  public func f1(_ index: Int) -> Double {
    let marginal = trueCount(index) + predictedCount(index)
    return marginal == 0 ? 0 : Double(2 * self[index, index]) / Double(marginal)
  }
}
