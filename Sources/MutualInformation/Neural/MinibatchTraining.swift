import LinearAlgebra
import NeuralNetwork

/// Trains networks that stand on a tape, whose loss is computed outside of it from one output.
struct MinibatchTraining {
  let settings: NeuralTraining
  /// `batches`, and dropout below `step=…`.
  let streams: RandomStreams
  /// Networks with their input leaves of one batch.
  var tape: Tape
  /// Each input leaf with the training rows that fill it.
  let inputs: [(leaf: Tape.Variable, rows: Matrix)]
  let output: Tape.Variable
  let leaves: [Tape.Variable]

  /// The averaged parameters with the best score on validation rows.
  ///
  /// - Parameters:
  ///   - slope: writes the loss's derivative for the output.
  ///   - score: value of parameters on validation rows, larger is better.
  /// - Throws: ``MutualInformationError`` `.numericalFailure` if no score was a finite number.
  mutating func run(
    slope: (Matrix, inout Matrix) -> Void, score: ([Matrix]) -> Double
  ) throws(MutualInformationError) -> [Matrix] {
    var optimizer = TapeOptimizer(
      leaves, .adam(settings.optimizer), gradientLimit: settings.gradientLimit, on: tape)
    var average = ParameterAverage(
      leaves.map { tape.value(of: $0) }, decay: settings.averaging)
    var stopping = EarlyStopping<[Matrix]>(patience: settings.patience * settings.interval)
    var batches = Minibatches(
      count: inputs[0].rows.rowCount, size: tape.value(of: inputs[0].leaf).rowCount,
      stream: streams.stream("batches"))
    var derivative = Matrix(rows: 0, columns: 0)
    for step in 1...settings.steps {
      let rows = batches.next()
      for input in inputs { tape.modify(input.leaf) { $0.gather(rows, of: input.rows) } }
      tape.evaluate(dropout: streams.scoped("step=\(step)"))
      slope(tape.value(of: output), &derivative)
      optimizer.step(tape.gradients(along: derivative, of: output, for: leaves), on: &tape)
      average.add(leaves.map { tape.value(of: $0) })
      guard step % settings.interval == 0 || step == settings.steps else { continue }
      let value = score(average.values)
      if value.isFinite { stopping.note(score: [value], epoch: step, average.values) }
      if stopping.isOver(epoch: step) { break }
    }
    guard let best = stopping.best else {
      throw .numericalFailure("a network whose validation value is no number")
    }
    return best
  }
}
