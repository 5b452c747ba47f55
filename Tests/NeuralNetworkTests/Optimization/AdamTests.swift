import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Adam")
struct AdamTests {
  /// The recurrences as published, one number.
  private func reference(
    from start: Double, gradients: [Double], options: Adam.Options, factor: Double
  ) -> Double {
    var (x, m, v) = (start, 0.0, 0.0)
    var (b1t, b2t) = (1.0, 1.0)
    for slope in gradients {
      let g = slope + (options.decay == .coupled ? options.weightDecay * x : 0)
      m = options.firstDecay * m + (1 - options.firstDecay) * g
      v = options.secondDecay * v + (1 - options.secondDecay) * g * g
      b1t *= options.firstDecay
      b2t *= options.secondDecay
      let update = options.learningRate * (m / (1 - b1t)) / ((v / (1 - b2t)).squareRoot() + 1e-8)
      if options.decay == .decoupled { x -= options.learningRate * options.weightDecay * x }
      x -= factor * update
    }
    return x
  }

  @Test("Follows the published recurrences", arguments: [Adam.Decay.decoupled, .coupled])
  func recurrences(decay: Adam.Decay) {
    let options = Adam.Options(learningRate: 0.05, weightDecay: 0.1, decay: decay)
    var stream = RandomStream(seed: 8, name: "adam")
    let gradients = (0..<30).map { _ in stream.normal() }
    var optimizer = Adam(options, entryCount: 1)
    var value = Matrix([[0.8]])
    for gradient in gradients {
      optimizer.step(&value, gradient: Matrix([[gradient]]), decays: true, factor: 1.7)
    }
    let expected = reference(from: 0.8, gradients: gradients, options: options, factor: 1.7)
    #expect(abs(value[0, 0] - expected) < 1e-13)
  }

  @Test("A common factor on all gradients does not change the steps; the factor does")
  func scale() {
    func end(_ gradientScale: Double, _ factor: Double) -> Double {
      var optimizer = Adam(Adam.Options(epsilon: 0), entryCount: 1)
      var value = Matrix([[0]])
      for k in 0..<10 {
        let gradient = Matrix([[gradientScale * Double(k + 1)]])
        optimizer.step(&value, gradient: gradient, decays: false, factor: factor)
      }
      return value[0, 0]
    }
    #expect(abs(end(1, 1) - end(7, 1)) < 1e-15)
    #expect(abs(end(1, 2) - 2 * end(1, 1)) < 1e-15)
  }

  @Test("Clipping keeps the direction and bounds the global norm")
  func clipping() {
    var gradients = [Matrix([[3, 0]]), Matrix([[0], [4]])]
    clipGlobalNorm(&gradients, limit: 10)
    #expect(gradients[0].values == [3, 0] && globalNorm(gradients) == 5)
    clipGlobalNorm(&gradients, limit: 1)
    #expect(abs(globalNorm(gradients) - 1) < 1e-15)
    #expect(abs(gradients[0][0, 0] - 0.6) < 1e-15 && abs(gradients[1][1, 0] - 0.8) < 1e-15)
    #expect(abs(globalInnerProduct(gradients, gradients) - 1) < 1e-15)
  }
}
