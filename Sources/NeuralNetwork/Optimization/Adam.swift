import LinearAlgebra

/// Adam (Kingma & Ba 2015), with weight decay beside the update (Loshchilov & Hutter 2019) or, as
/// older programs have it, added to the gradient.
///
/// One value per tensor, so that each may have its own step-size factor.
package struct Adam: Sendable {
  /// Where weight decay acts.
  package enum Decay: String, Codable, Sendable {
    /// On the weights, beside the update.
    case decoupled
    /// On the gradient (an L2 penalty).
    case coupled
  }

  /// What the tensors of one optimiser share.
  package struct Options: Hashable, Codable, Sendable {
    /// Step size.
    package var learningRate: Double
    /// Decay of the mean of gradients.
    package var firstDecay: Double
    /// Decay of the mean of squared gradients.
    package var secondDecay: Double
    /// Keeps the division finite.
    package var epsilon: Double
    /// Strength of weight decay.
    package var weightDecay: Double
    /// Where weight decay acts.
    package var decay: Decay

    /// Options, by default 1e-3, .9, .999, 1e-8, decoupled decay 1e-2.
    package init(
      learningRate: Double = 1e-3, firstDecay: Double = 0.9, secondDecay: Double = 0.999,
      epsilon: Double = 1e-8, weightDecay: Double = 1e-2, decay: Decay = .decoupled
    ) {
      self.learningRate = learningRate
      self.firstDecay = firstDecay
      self.secondDecay = secondDecay
      self.epsilon = epsilon
      self.weightDecay = weightDecay
      self.decay = decay
    }
  }

  private let options: Options
  private var mean: [Double]
  private var meanSquare: [Double]
  private var stepCount = 0

  /// The state for one tensor.
  package init(_ options: Options, entryCount: Int) {
    self.options = options
    mean = [Double](repeating: 0, count: entryCount)
    meanSquare = mean
  }

  /// One step.
  ///
  /// - Parameters:
  ///   - decays: whether weight decay applies (not to biases).
  ///   - factor: multiplies the update, not the gradient: Adam's step does not change with the
  ///     scale of the gradient, and decay stays outside of it.
  package mutating func step(
    _ value: inout Matrix, gradient: Matrix, decays: Bool, factor: Double = 1
  ) {
    precondition(
      value.values.count == mean.count && gradient.values.count == mean.count,
      "a tensor keeps its shape")
    stepCount += 1
    let (b1, b2) = (options.firstDecay, options.secondDecay)
    let decay = decays ? options.weightDecay : 0
    let coupled = options.decay == .coupled ? decay : 0
    let shrink = options.decay == .decoupled ? 1 - options.learningRate * decay : 1
    let firstCorrection = 1 - power(b1, stepCount)
    let secondRoot = (1 - power(b2, stepCount)).squareRoot()
    let rate = factor * options.learningRate / firstCorrection
    let epsilon = options.epsilon
    let count = mean.count
    mean.withUnsafeMutableBufferPointer { m in
      meanSquare.withUnsafeMutableBufferPointer { v in
        value.values.withUnsafeMutableBufferPointer { x in
          gradient.values.withUnsafeBufferPointer { g in
            for p in 0..<count {
              let slope = g[p] + coupled * x[p]
              m[p] = b1 * m[p] + (1 - b1) * slope
              v[p] = b2 * v[p] + (1 - b2) * slope * slope
              let root = v[p].squareRoot() / secondRoot
              x[p] = shrink * x[p] - rate * m[p] / (root + epsilon)
            }
          }
        }
      }
    }
  }

  /// Repeated product, the same on every platform.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
