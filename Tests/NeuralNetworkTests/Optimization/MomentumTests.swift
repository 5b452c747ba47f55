import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Descent with momentum")
struct MomentumTests {
  @Test("Two steps as the formula has them; biases do not decay")
  func formula() {
    let options = Momentum.Options(learningRate: 0.1, decay: 0.5, weightDecay: 0.2)
    var state = Momentum(options, entryCount: 2)
    var value = Matrix([[1, -2]])
    state.step(&value, gradient: Matrix([[1, 0]]), decays: true)
    // v = g + .2 x, x - .1 v.
    #expect(value.maximumDifference(from: Matrix([[0.88, -1.96]])) < 1e-15)
    state.step(&value, gradient: Matrix([[0, 1]]), decays: true, factor: 2)
    // v = .5 v + g + .2 x, x - .2 v.
    #expect(value.maximumDifference(from: Matrix([[0.7248, -2.0416]])) < 1e-15)
    var plain = Momentum(options, entryCount: 1)
    var bias = Matrix([[4]])
    plain.step(&bias, gradient: Matrix([[1]]), decays: false)
    #expect(bias == Matrix([[3.9]]))
  }

  @Test("A leaf without gradient stays, and so does what is remembered of it")
  func untouched() {
    for descent in [Descent.adam(Adam.Options()), .momentum(.init(learningRate: 0.1))] {
      func end(_ pause: Bool) -> [Matrix] {
        var tape = Tape()
        let leaves = [tape.leaf(Matrix([[1.0, 2]])), tape.leaf(Matrix([[3.0]]))]
        var optimizer = TapeOptimizer(leaves, descent, gradientLimit: 5, on: tape)
        let gradient = Matrix([[0.3, -0.2]])
        optimizer.step([gradient, Matrix([[0.5]])], on: &tape)
        if pause { optimizer.step([nil, Matrix([[0.5]])], on: &tape) }
        optimizer.step([gradient, nil], on: &tape)
        return leaves.map { tape.value(of: $0) }
      }
      #expect(end(true)[0] == end(false)[0])
      #expect(end(true)[1] != end(false)[1])
    }
  }
}
