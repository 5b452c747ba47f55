/// Remembers the best state by a score, and when to give up.
package struct EarlyStopping<State> {
  private let patience: Int
  private var bestScore: [Double]?
  private var bestEpoch = 0
  /// The best state so far.
  package private(set) var best: State?

  /// Gives up after `patience` epochs without a better state.
  package init(patience: Int) { self.patience = patience }

  /// Notes a state; larger scores are better, compared in order, and an equal one is no better.
  package mutating func note(score: [Double], epoch: Int, _ state: @autoclosure () -> State) {
    if let bestScore, !bestScore.lexicographicallyPrecedes(score) { return }
    bestScore = score
    bestEpoch = epoch
    best = state()
  }

  /// Whether the last better state is too long ago.
  package func isOver(epoch: Int) -> Bool { epoch - bestEpoch >= patience }
}
