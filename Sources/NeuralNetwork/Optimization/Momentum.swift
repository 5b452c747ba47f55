import LinearAlgebra

/// Gradient descent with momentum (Polyak 1964): v ← μ v + g + λ x, x ← x - η v.
///
/// Unlike ``Adam`` its steps are as long as the gradient, so that factors on a gradient count.
package struct Momentum: Sendable {
  /// What the tensors of one optimiser share.
  package struct Options: Hashable, Codable, Sendable {
    /// η, step size.
    package var learningRate: Double
    /// μ, share of the last velocity that is kept.
    package var decay: Double
    /// λ, strength of weight decay (an L2 penalty).
    package var weightDecay: Double

    /// Options, by default momentum .9 without weight decay.
    package init(learningRate: Double, decay: Double = 0.9, weightDecay: Double = 0) {
      self.learningRate = learningRate
      self.decay = decay
      self.weightDecay = weightDecay
    }
  }

  private let options: Options
  private var velocity: [Double]

  /// The state for one tensor.
  package init(_ options: Options, entryCount: Int) {
    self.options = options
    velocity = [Double](repeating: 0, count: entryCount)
  }

  /// One step.
  ///
  /// - Parameters:
  ///   - decays: whether weight decay applies (not to biases).
  ///   - factor: multiplies the update.
  package mutating func step(
    _ value: inout Matrix, gradient: Matrix, decays: Bool, factor: Double = 1
  ) {
    precondition(
      value.values.count == velocity.count && gradient.values.count == velocity.count,
      "a tensor keeps its shape")
    let (kept, rate) = (options.decay, factor * options.learningRate)
    let decay = decays ? options.weightDecay : 0
    let count = velocity.count
    velocity.withUnsafeMutableBufferPointer { v in
      value.values.withUnsafeMutableBufferPointer { x in
        gradient.values.withUnsafeBufferPointer { g in
          for p in 0..<count {
            v[p] = kept * v[p] + g[p] + decay * x[p]
            x[p] -= rate * v[p]
          }
        }
      }
    }
  }
}
