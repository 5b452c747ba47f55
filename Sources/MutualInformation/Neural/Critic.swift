import LinearAlgebra
import NeuralNetwork

/// A separable critic f(x, y) = g(x) · h(y) + a(x) + b(y): one network for each side, so that the
/// scores of all pairs of B rows cost 2B passes through a network and one product.
package struct Critic: Sendable {
  /// Entries of g and h.
  private static let features = 32

  /// x ↦ (g, a).
  private var left: Perceptron
  /// y ↦ (h, b); starts at zero, so that f does.
  private var right: Perceptron

  /// Networks with weights from streams below `x` and `y`.
  package init(inputsX: Int, inputsY: Int, hidden: [Int], streams: RandomStreams) {
    left = Perceptron(
      inputs: inputsX, hidden: hidden, outputs: Critic.features + 1,
      streams: streams.scoped("x"))
    right = Perceptron(
      inputs: inputsY, hidden: hidden, outputs: Critic.features + 1, outputScale: 0,
      streams: streams.scoped("y"))
  }

  /// All trainable tensors, x before y.
  package var parameters: [Matrix] {
    get { left.parameters + right.parameters }
    set {
      let count = left.parameters.count
      left.parameters = Array(newValue[..<count])
      right.parameters = Array(newValue[count...])
    }
  }

  /// Rows whose inner products are the scores: (g, a, 1) for x and (h, 1, b) for y.
  package func features(x: Matrix, y: Matrix) -> (x: Matrix, y: Matrix) {
    let ones = Matrix(rows: x.rowCount, columns: 1, repeating: 1)
    return (
      .horizontal([left.applied(to: x), ones]),
      Matrix.horizontal([right.applied(to: y), ones]).product(Critic.exchange)
    )
  }

  /// Puts the scores of all pairs of rows on a tape, rows of x × rows of y.
  package func record(
    on tape: inout Tape, x: Tape.Variable, y: Tape.Variable, dropout: Double
  ) -> (scores: Tape.Variable, leaves: [Tape.Variable]) {
    let ones = tape.leaf(
      Matrix(rows: tape.value(of: x).rowCount, columns: 1, repeating: 1))
    let g = left.record(on: &tape, input: x, dropout: dropout, name: "x")
    let h = right.record(on: &tape, input: y, dropout: dropout, name: "y")
    let exchanged = tape.product(
      tape.concatenate([h.output, ones]), tape.leaf(Critic.exchange))
    let scores = tape.product(tape.concatenate([g.output, ones]), transposed: exchanged)
    return (scores, g.leaves + h.leaves)
  }

  /// Exchanges the last two columns, so that (h, b, 1) becomes (h, 1, b).
  private static let exchange: Matrix = {
    var result = Matrix(rows: features + 2, columns: features + 2)
    for k in 0..<features { result[k, k] = 1 }
    result[features, features + 1] = 1
    result[features + 1, features] = 1
    return result
  }()

  /// Trains a critic on the training rows of a fold.
  static func trained(
    _ bound: CriticBound, x: Matrix, y: Matrix, fold: CrossFolds.Fold, settings: NeuralTraining,
    streams: RandomStreams
  ) throws(MutualInformationError) -> Critic {
    var critic = Critic(
      inputsX: x.columnCount, inputsY: y.columnCount, hidden: settings.hidden,
      streams: streams.scoped("init"))
    let batch = min(settings.batch, fold.training.count)
    var tape = Tape()
    let inputX = tape.leaf(Matrix(rows: batch, columns: x.columnCount))
    let inputY = tape.leaf(Matrix(rows: batch, columns: y.columnCount))
    let recorded = critic.record(on: &tape, x: inputX, y: inputY, dropout: settings.dropout)
    var training = MinibatchTraining(
      settings: settings, streams: streams, tape: tape,
      inputs: [
        (inputX, x.selecting(rows: fold.training)), (inputY, y.selecting(rows: fold.training)),
      ], output: recorded.scores, leaves: recorded.leaves)
    let (heldX, heldY) = (x.selecting(rows: fold.validation), y.selecting(rows: fold.validation))
    var loss = BoundLoss(bound)
    let best = try training.run { scores, slope in
      _ = loss.evaluate(scores, slope: &slope)
    } score: { parameters in
      var state = critic
      state.parameters = parameters
      let features = state.features(x: heldX, y: heldY)
      return CriticEvaluation(bound, x: features.x, y: features.y).information
    }
    critic.parameters = best
    return critic
  }
}
