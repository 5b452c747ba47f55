import LinearAlgebra

/// Area under the ROC curve: the share of (positive, negative) pairs in which the positive has the
/// larger score, ties counting one half; nil without positives or negatives.
///
/// - Complexity: O(n log n).
public func areaUnderROC(scores: [Double], isPositive: [Bool]) -> Double? {
  precondition(scores.count == isPositive.count, "one score per row")
  let positives = isPositive.count { $0 }
  let negatives = isPositive.count - positives
  guard positives > 0, negatives > 0 else { return nil }
  let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
  // Counted in half pairs, so that the sum is exact.
  var halfPairs = 0
  var negativesBelow = 0
  var start = 0
  while start < order.count {
    var end = start
    var tiedPositives = 0
    while end < order.count, scores[order[end]] == scores[order[start]] {
      if isPositive[order[end]] { tiedPositives += 1 }
      end += 1
    }
    let tiedNegatives = end - start - tiedPositives
    halfPairs += tiedPositives * (2 * negativesBelow + tiedNegatives)
    negativesBelow += tiedNegatives
    start = end
  }
  return Double(halfPairs) / (2 * Double(positives) * Double(negatives))
}

/// How the areas of several classes become one number.
public enum AUROCAveraging: Sendable {
  /// One class against the rest, plain mean.
  case oneVersusRest
  /// One class against the rest, weighted by true counts.
  case oneVersusRestWeighted
  /// Mean over pairs of classes of both directed areas (Hand & Till 2001).
  case oneVersusOne
}

/// Multiclass AUROC, 0…1, over the classes (or pairs) for which it is defined; nil if there is none.
///
/// - Parameters:
///   - truth: class of each row.
///   - probabilities: rows × classes.
///   - averaging: default one-versus-rest, plain mean.
public func auroc(
  truth: [Int], probabilities: Matrix, averaging: AUROCAveraging = .oneVersusRest
) -> Double? {
  precondition(truth.count == probabilities.rowCount, "one row of probabilities per label")
  let classCount = probabilities.columnCount
  var sum = 0.0
  var weight = 0.0
  switch averaging {
  case .oneVersusRest, .oneVersusRestWeighted:
    for c in 0..<classCount {
      let isPositive = truth.map { $0 == c }
      guard let area = areaUnderROC(scores: probabilities.column(c), isPositive: isPositive)
      else { continue }
      let share = averaging == .oneVersusRest ? 1 : Double(isPositive.count { $0 })
      sum += share * area
      weight += share
    }
  case .oneVersusOne:
    for a in 0..<classCount {
      for b in 0..<a {
        let rows = truth.indices.filter { truth[$0] == a || truth[$0] == b }
        func directed(_ c: Int) -> Double? {
          areaUnderROC(
            scores: rows.map { probabilities[$0, c] }, isPositive: rows.map { truth[$0] == c })
        }
        guard let forward = directed(a), let backward = directed(b) else { continue }
        sum += (forward + backward) / 2
        weight += 1
      }
    }
  }
  return weight > 0 ? sum / weight : nil
}
