import LinearAlgebra

/// Mean of -ln p(true class) in nats, p clipped to [2⁻⁵², 1 - 2⁻⁵²] and renormalised by row; nil
/// without rows.
public func logLoss(truth: [Int], probabilities: Matrix) -> Double? {
  precondition(truth.count == probabilities.rowCount, "one row of probabilities per label")
  guard !truth.isEmpty else { return nil }
  let terms = truth.enumerated().map { row, label in
    let clipped = probabilities.row(row).map { min(max($0, 0x1p-52), 1 - 0x1p-52) }
    return -logarithm(clipped[label] / clipped.reduce(0, +))
  }
  return orderedMean(terms)
}

/// Brier score: mean over rows of Σ_c (p_c - 1[y = c])², 0…2; nil without rows.
public func brierScore(truth: [Int], probabilities: Matrix) -> Double? {
  precondition(truth.count == probabilities.rowCount, "one row of probabilities per label")
  guard !truth.isEmpty else { return nil }
  let terms = truth.enumerated().map { row, label in
    var sum = 0.0
    for c in 0..<probabilities.columnCount {
      let difference = probabilities[row, c] - (c == label ? 1 : 0)
      sum += difference * difference
    }
    return sum
  }
  return orderedMean(terms)
}
