import Cohort
import Evaluation
import LinearAlgebra

/// Labelled training rows with class-balanced weights, and their inner folds.
package struct LabelledRows: Sendable {
  /// Rows of labelled patients T_l within the fold's table, ascending.
  package let rows: [Int]
  /// Class of each of them.
  package let labels: [Int]
  /// Number of classes C.
  package let classCount: Int
  /// Inner fold of each of them, 0..<innerFoldCount.
  package let innerFolds: [Int]
  /// Number of inner folds: at most the asked number, no more than the smallest class, at least 2.
  package let innerFoldCount: Int

  package init(_ training: TrainingView, _ context: FitContext) {
    rows = training.labelledRows
    let labels = rows.map { training.labels[$0] }
    self.labels = labels
    classCount = training.classCount
    var counts = [Int](repeating: 0, count: training.classCount)
    for label in labels { counts[label] += 1 }
    let smallest = counts.filter { $0 > 0 }.min() ?? 0
    innerFoldCount = max(2, min(context.innerFolds, smallest))
    let groups = training.groups.map { groups in training.labelledRows.map { groups[$0] } }
    innerFolds = stratifiedFolds(
      labels: labels, folds: innerFoldCount, groups: groups,
      stream: context.streams.stream("split/inner"))
  }

  /// One-hot targets, rows × classes.
  package var targets: Matrix {
    var result = Matrix(rows: rows.count, columns: classCount)
    for (i, label) in labels.enumerated() { result[i, label] = 1 }
    return result
  }

  /// Class-balanced weights n/(C n_y) of the given positions, summing to 1; other positions 0.
  package func balancedWeights(of positions: [Int]) -> [Double] {
    var counts = [Int](repeating: 0, count: classCount)
    for i in positions { counts[labels[i]] += 1 }
    let present = counts.filter { $0 > 0 }.count
    var weights = [Double](repeating: 0, count: rows.count)
    for i in positions { weights[i] = 1 / (Double(present) * Double(counts[labels[i]])) }
    return weights
  }

  /// Classes without any of the given positions.
  func classesWithout(_ positions: [Int]) -> [Int] {
    let present = Set(positions.map { labels[$0] })
    return (0..<classCount).filter { !present.contains($0) }
  }

  /// Positions outside and inside an inner fold.
  package func split(_ fold: Int) -> (fit: [Int], held: [Int]) {
    (
      innerFolds.indices.filter { innerFolds[$0] != fold },
      innerFolds.indices.filter { innerFolds[$0] == fold }
    )
  }

  /// All positions.
  package var everything: [Int] { Array(rows.indices) }
}
