import LinearAlgebra

/// How the leaves of a tape follow their gradients.
package enum Descent: Hashable, Sendable {
  /// ``Adam``.
  case adam(Adam.Options)
  /// ``Momentum``.
  case momentum(Momentum.Options)

  fileprivate func state(entryCount: Int) -> any DescentState {
    switch self {
    case .adam(let options): Adam(options, entryCount: entryCount)
    case .momentum(let options): Momentum(options, entryCount: entryCount)
    }
  }
}

/// What an optimiser remembers of one tensor.
private protocol DescentState: Sendable {
  mutating func step(_ value: inout Matrix, gradient: Matrix, decays: Bool, factor: Double)
}

extension Adam: DescentState {}
extension Momentum: DescentState {}

/// Descent of some leaves of a tape, with global clipping.
package struct TapeOptimizer: Sendable {
  private let leaves: [Tape.Variable]
  private let limit: Double
  private var states: [any DescentState]

  /// An optimiser of the given leaves; matrices of one row are biases and do not decay.
  ///
  /// - Parameter gradientLimit: largest global norm of the gradients, > 0; longer ones are shortened
  ///   to it.
  package init(
    _ leaves: [Tape.Variable], _ descent: Descent, gradientLimit: Double, on tape: Tape
  ) {
    self.leaves = leaves
    limit = gradientLimit
    states = leaves.map { descent.state(entryCount: tape.value(of: $0).values.count) }
  }

  /// One step along the gradients of all leaves.
  ///
  /// - Parameters:
  ///   - gradients: one per leaf; nil leaves it, and what is remembered of it, untouched.
  ///   - factors: multiplies each leaf's update; nil is 1.
  package mutating func step(
    _ gradients: [Matrix?], factors: [Double]? = nil, on tape: inout Tape
  ) {
    precondition(gradients.count == leaves.count, "one gradient per leaf")
    var present = gradients.compactMap { $0 }
    clipGlobalNorm(&present, limit: limit)
    for (gradient, k) in zip(present, leaves.indices.filter { gradients[$0] != nil }) {
      tape.modify(leaves[k]) { value in
        states[k].step(
          &value, gradient: gradient, decays: value.rowCount > 1, factor: factors?[k] ?? 1)
      }
    }
  }
}
