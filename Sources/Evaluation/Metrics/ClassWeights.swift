/// Weights that make rare classes count in a loss.
public enum ClassWeighting: Sendable, Equatable {
  /// All 1.
  case none
  /// n/(C n_c): every class has the same total.
  case balanced
  /// (1 - β)/(1 - β^{n_c}), scaled to mean 1 over classes (Cui et al., CVPR 2019); β in [0, 1).
  case effectiveNumber(beta: Double = 0.999)

  /// Weight of each class from its number of labelled rows; a class without rows gets 0 and is left
  /// out of the scaling.
  ///
  /// - Complexity: O(C).
  public func weights(counts: [Int]) -> [Double] {
    let present = counts.count { $0 > 0 }
    let total = Double(counts.reduce(0, +))
    switch self {
    case .none:
      return counts.map { $0 > 0 ? 1 : 0 }
    case .balanced:
      return counts.map { $0 > 0 ? total / (Double(present) * Double($0)) : 0 }
    case .effectiveNumber(let beta):
      precondition(beta >= 0 && beta < 1, "beta must lie in [0, 1)")
      let raw = counts.map { $0 > 0 ? (1 - beta) / (1 - power(beta, $0)) : 0 }
      let sum = raw.reduce(0, +)
      return raw.map { sum > 0 ? $0 * Double(present) / sum : 0 }
    }
  }

  /// Weight of each row, scaled so that they sum to 1; unlabelled rows (negative) get 0.
  public func rowWeights(labels: [Int], classCount: Int) -> [Double] {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let perClass = weights(counts: counts)
    let sum = (0..<classCount).reduce(0) { $0 + perClass[$1] * Double(counts[$1]) }
    return labels.map { $0 >= 0 && sum > 0 ? perClass[$0] / sum : 0 }
  }
}

/// base to a whole power ≥ 0, by repeated squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var factor = base
  var remaining = exponent
  while remaining > 0 {
    if remaining & 1 == 1 { result *= factor }
    factor *= factor
    remaining >>= 1
  }
  return result
}
