import LinearAlgebra

/// Largest relative error of a tape's gradients against central differences: over the leaves, the
/// largest absolute difference of an entry over the leaf's largest absolute derivative.
///
/// - Parameters:
///   - tape: what was recorded; unchanged.
///   - loss: a scalar on it.
///   - leaves: leaves to check, all of their entries.
///   - step: half of the difference between both evaluations.
///   - dropout: streams, so that every evaluation drops the same entries; nil without dropout.
/// - Complexity: two evaluations of the tape per entry.
package func largestGradientError(
  on tape: Tape, of loss: Tape.Variable, for leaves: [Tape.Variable], step: Double = 1e-5,
  dropout: RandomStreams? = nil
) -> Double {
  var tape = tape
  tape.evaluate(dropout: dropout)
  let gradients = tape.gradients(of: loss, for: leaves)
  var worst = 0.0
  for (leaf, gradient) in zip(leaves, gradients) {
    var difference = 0.0
    var scale = 1e-300
    for p in gradient.values.indices {
      let original = tape.value(of: leaf).values[p]
      func evaluated(at value: Double) -> Double {
        tape.modify(leaf) { $0.values[p] = value }
        tape.evaluate(dropout: dropout)
        return tape.scalar(of: loss)
      }
      let numeric = (evaluated(at: original + step) - evaluated(at: original - step)) / (2 * step)
      tape.modify(leaf) { $0.values[p] = original }
      difference = max(difference, abs(numeric - gradient.values[p]))
      scale = max(scale, abs(numeric), abs(gradient.values[p]))
    }
    worst = max(worst, difference / scale)
  }
  return worst
}
