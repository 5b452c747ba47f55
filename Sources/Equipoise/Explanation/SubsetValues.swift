import LinearAlgebra

/// A value of every subset of some players, with what each player and pair adds on average over all
/// orders; exact.
///
/// Subsets are bits: player k is in subset s where bit k of s is set.
struct SubsetValues: Sendable {
  /// Players.
  let playerCount: Int
  /// By subset, 2^players.
  let values: [Double]

  /// Shapley values (Shapley 1953); they sum to the value of all less that of none.
  ///
  /// - Complexity: O(players · 2^players).
  var shapley: [Double] {
    (0..<playerCount).map { k in
      orderedSum(
        values.indices.filter { $0 >> k & 1 == 0 }.map { subset in
          weight(of: subset.nonzeroBitCount, among: playerCount)
            * (values[subset | 1 << k] - values[subset])
        })
    }
  }

  /// Shapley interaction index of two players (Grabisch & Roubens 1999).
  ///
  /// - Complexity: O(2^players).
  func interaction(_ a: Int, _ b: Int) -> Double {
    let (bitA, bitB) = (1 << a, 1 << b)
    return orderedSum(
      values.indices.filter { $0 & (bitA | bitB) == 0 }.map { subset in
        weight(of: subset.nonzeroBitCount, among: playerCount - 1)
          * (values[subset | bitA | bitB] - values[subset | bitA] - values[subset | bitB]
            + values[subset])
      })
  }

  /// s! (n − s − 1)! / n!
  private func weight(of size: Int, among count: Int) -> Double {
    // 1 / (n · C(n − 1, s))
    var binomial = 1.0
    for k in 0..<size { binomial *= Double(count - 1 - k) / Double(k + 1) }
    return 1 / (Double(count) * binomial)
  }
}
