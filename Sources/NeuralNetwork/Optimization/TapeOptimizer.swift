import LinearAlgebra

/// Adam over some leaves of a tape, with global clipping.
package struct TapeOptimizer: Sendable {
  private let leaves: [Tape.Variable]
  private let limit: Double
  private var states: [Adam]

  /// An optimiser of the given leaves; matrices of one row are biases and do not decay.
  ///
  /// - Parameter gradientLimit: largest global norm of the gradients, > 0; longer ones are shortened
  ///   to it.
  package init(
    _ leaves: [Tape.Variable], _ options: Adam.Options, gradientLimit: Double, on tape: Tape
  ) {
    self.leaves = leaves
    limit = gradientLimit
    states = leaves.map { Adam(options, entryCount: tape.value(of: $0).values.count) }
  }

  /// One step along the gradients of all leaves.
  ///
  /// - Parameter factors: multiplies each leaf's update; nil is 1.
  package mutating func step(_ gradients: [Matrix], factors: [Double]? = nil, on tape: inout Tape) {
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
