import LinearAlgebra

/// Weights of losses by learned uncertainty: Σ_k e^{-s_k} L_k + s_k/2 is minimised over s as well, so
/// that a loss that stays large counts less; at a fixed L_k the optimum is e^{s_k} = 2 L_k.
///
/// Source: Kendall, Gal & Cipolla (2018), arXiv 1705.07115, eq. 10, with s = ln σ² throughout.
package struct LossUncertainties: Equatable, Sendable {
  /// s_k, 0 at the outset.
  package private(set) var logVariances: [Double]

  /// Nothing learned yet.
  package init(lossCount: Int) {
    logVariances = [Double](repeating: 0, count: lossCount)
  }

  /// e^{-s_k}.
  package var weights: [Double] { logVariances.map { exponential(-$0) } }

  /// Derivatives of the objective for s: 1/2 - e^{-s_k} L_k.
  package func slopes(losses: [Double]) -> [Double] {
    precondition(losses.count == logVariances.count, "one loss per weight")
    return zip(weights, losses).map { 0.5 - $0 * $1 }
  }

  /// Replaces s.
  package mutating func set(_ logVariances: [Double]) {
    precondition(logVariances.count == self.logVariances.count, "one value per loss")
    self.logVariances = logVariances
  }
}
