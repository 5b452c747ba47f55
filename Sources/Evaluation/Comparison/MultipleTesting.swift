/// Corrections of p-values for the number of tests; results stand in input order.
public enum MultipleTesting {
  /// Holm (1979): controls the chance of any false claim. p_(i) → max_{j ≤ i} min(1, (m - j + 1) p_(j)).
  ///
  /// - Complexity: O(m log m).
  public static func holm(_ pValues: [Double]) -> [Double] {
    let count = pValues.count
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var result = [Double](repeating: 0, count: count)
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(count - rank) * pValues[index]))
      result[index] = largest
    }
    return result
  }

  /// Benjamini & Hochberg (1995): controls the expected share of false claims.
  /// p_(i) → min_{j ≥ i} min(1, m p_(j) / j).
  ///
  /// - Complexity: O(m log m).
  public static func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
    let count = pValues.count
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var result = [Double](repeating: 0, count: count)
    var smallest = 1.0
    for (rank, index) in order.enumerated().reversed() {
      smallest = min(smallest, Double(count) * pValues[index] / Double(rank + 1))
      result[index] = smallest
    }
    return result
  }
}
