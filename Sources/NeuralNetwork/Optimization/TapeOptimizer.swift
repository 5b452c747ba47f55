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
  private let penalty: Double
  private var states: [any DescentState]

  /// An optimiser of the given leaves; matrices of one row are biases and do not decay.
  ///
  /// - Parameters:
  ///   - gradientLimit: largest global norm of the gradients, > 0; longer ones are shortened to it.
  ///   - penalty: λ ≥ 0 of (λ/2) Σ ‖W‖² over all matrices that are no biases, as part of the
  ///     objective: λ W joins the gradients before they are shortened.
  package init(
    _ leaves: [Tape.Variable], _ descent: Descent, gradientLimit: Double, penalty: Double = 0,
    on tape: Tape
  ) {
    self.leaves = leaves
    self.penalty = penalty
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
    var present = zip(leaves, gradients).compactMap { leaf, gradient -> Matrix? in
      guard var gradient, penalty > 0, gradient.rowCount > 1 else { return gradient }
      gradient.add(tape.value(of: leaf), times: penalty)
      return gradient
    }
    clipGlobalNorm(&present, limit: limit)
    for (gradient, k) in zip(present, leaves.indices.filter { gradients[$0] != nil }) {
      tape.modify(leaves[k]) { value in
        states[k].step(
          &value, gradient: gradient, decays: value.rowCount > 1, factor: factors?[k] ?? 1)
      }
    }
  }
}
