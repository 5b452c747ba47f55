import LinearAlgebra
import NeuralNetwork

/// Adam over some leaves of a tape, with global clipping.
struct TapeOptimizer: Sendable {
  private let leaves: [Tape.Variable]
  private let limit: Double
  private var states: [Adam]

  /// An optimiser of the given leaves; matrices of one row are biases and do not decay.
  init(_ leaves: [Tape.Variable], _ configuration: RelationalNetworkConfiguration, on tape: Tape) {
    self.leaves = leaves
    limit = configuration.gradientLimit
    states = leaves.map {
      Adam(configuration.optimizer, entryCount: tape.value(of: $0).values.count)
    }
  }

  /// One step along the gradients of all leaves.
  ///
  /// - Parameter factors: multiplies each leaf's update; nil is 1.
  mutating func step(_ gradients: [Matrix], factors: [Double]? = nil, on tape: inout Tape) {
    var gradients = gradients
    clipGlobalNorm(&gradients, limit: limit)
    for k in leaves.indices {
      tape.modify(leaves[k]) { value in
        states[k].step(
          &value, gradient: gradients[k], decays: value.rowCount > 1, factor: factors?[k] ?? 1)
      }
    }
  }
}

/// Remembers the best state by a score, and when to give up.
package struct EarlyStopping<State> {
  private let patience: Int
  private var bestScore: (macroF1: Double, loss: Double)?
  private var bestEpoch = 0
  /// The best state so far.
  package private(set) var best: State?

  /// Gives up after `patience` epochs without a better state.
  package init(patience: Int) { self.patience = patience }

  /// Notes a state: larger macro-F1 is better, on ties the lower loss.
  package mutating func note(
    macroF1: Double, loss: Double, epoch: Int, _ state: @autoclosure () -> State
  ) {
    if let score = bestScore, (macroF1, -loss) <= (score.macroF1, -score.loss) { return }
    bestScore = (macroF1, loss)
    bestEpoch = epoch
    best = state()
  }

  /// Whether the last better state is too long ago.
  package func isOver(epoch: Int) -> Bool { epoch - bestEpoch >= patience }
}
