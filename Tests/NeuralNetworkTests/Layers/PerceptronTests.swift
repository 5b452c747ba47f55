import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Perceptron")
struct PerceptronTests {
  private let streams = RandomStreams(seed: 3, prefix: "perceptron")

  private func rows(_ count: Int, _ columns: Int) -> Matrix {
    var stream = streams.stream("rows")
    return stream.normalMatrix(rows: count, columns: columns)
  }

  @Test("Gradients of every parameter, with and without dropout")
  func gradients() {
    let network = Perceptron(inputs: 3, hidden: [5, 4], outputs: 2, streams: streams)
    for dropout in [nil, streams.scoped("step=0")] {
      var tape = Tape()
      let input = tape.leaf(rows(6, 3))
      let recorded = network.record(on: &tape, input: input, dropout: 0.4, name: "x")
      let left = tape.leaf(Matrix([[0.3, -1, 0.7, 0.2, -0.4, 1.1]]))
      let right = tape.leaf(Matrix([[0.6], [-1.3]]))
      let loss = tape.product(tape.product(left, recorded.output), right)
      let error = largestGradientError(
        on: tape, of: loss, for: recorded.leaves, dropout: dropout)
      #expect(error < 1e-6)
    }
  }

  @Test("On and off the tape the same numbers; parameters go out and in again")
  func application() {
    let network = Perceptron(inputs: 3, hidden: [5], outputs: 2, streams: streams)
    var tape = Tape()
    let input = tape.leaf(rows(6, 3))
    let recorded = network.record(on: &tape, input: input, dropout: 0, name: "x")
    let output = network.applied(to: rows(6, 3))
    #expect(tape.value(of: recorded.output).maximumDifference(from: output) < 1e-14)
    var other = Perceptron(
      inputs: 3, hidden: [5], outputs: 2, streams: streams.scoped("other"))
    #expect(other != network)
    other.parameters = recorded.leaves.map { tape.value(of: $0) }
    #expect(other == network)
  }

  @Test("Without hidden units it is a linear map, with an output of scale 0 it is 0")
  func linear() {
    let network = Perceptron(inputs: 3, hidden: [], outputs: 2, streams: streams)
    let parameters = network.parameters
    let expected = rows(6, 3).product(parameters[0] + parameters[2])
    #expect(network.applied(to: rows(6, 3)).maximumDifference(from: expected) < 1e-14)
    let silent = Perceptron(
      inputs: 3, hidden: [5], outputs: 2, outputScale: 0, streams: streams)
    #expect(silent.applied(to: rows(6, 3)) == Matrix(rows: 6, columns: 2))
  }
}
