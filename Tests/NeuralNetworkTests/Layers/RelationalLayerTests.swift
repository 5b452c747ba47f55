import LinearAlgebra
import NeuralNetwork
import Testing
import _TestSupport

@Suite("Relational layer")
struct RelationalLayerTests {
  private let golden = Golden.shared["gcn"]

  private func adjacency(_ edges: [[Int]], count: Int = 6) -> SparseMatrix {
    var rows = [[(column: Int, weight: Double)]](repeating: [], count: count)
    for edge in edges {
      rows[edge[0]].append((edge[1], 1))
      rows[edge[1]].append((edge[0], 1))
    }
    return SparseMatrix(rows: rows, columnCount: count)
  }

  private func relation(
    _ name: String, _ normalization: PropagationMatrix.Normalization = .symmetric
  ) -> PropagationMatrix {
    PropagationMatrix(
      adjacency: adjacency(golden["edges", name].items.map(\.ints)), normalization: normalization)
  }

  private var layer: RelationalLayer {
    RelationalLayer(
      relationWeights: [golden["W_a"].matrix, golden["W_b"].matrix],
      selfWeights: golden["W_self"].matrix,
      bias: Matrix([golden["bias"].doubles]))
  }

  private var hidden: Matrix { golden["H"].matrix }

  @Test("Both normalisations agree with the reference")
  func reference() {
    #expect(
      relation("a").matrix.dense().maximumDifference(from: golden["A_sym_a"].matrix) < 1e-12)
    for (kind, key) in [(PropagationMatrix.Normalization.symmetric, "out_sym"), (.row, "out_rw")] {
      let relations = [relation("a", kind), relation("b", kind)]
      let gathered = RelationalLayer.gather(hidden, along: relations)
      let expected = golden[key].matrix
      #expect(layer.applied(to: gathered).maximumDifference(from: expected) < 1e-12)
      #expect(layer.appliedRowByRow(to: gathered).maximumDifference(from: expected) < 1e-12)
    }
  }

  @Test("Gathered beforehand, on a tape, and on the fly agree")
  func paths() {
    let relations = [relation("a"), relation("b")]
    var tape = Tape()
    let input = tape.leaf(hidden)
    let gathered = RelationalLayer.gather(input, along: relations, on: &tape)
    let output = tape.elu(layer.map.record(on: &tape, input: gathered).output)
    let direct = layer.applied(to: RelationalLayer.gather(hidden, along: relations))
    #expect(tape.value(of: output).maximumDifference(from: direct) < 1e-12)
    // Σ Â_r (H W_r) + H W_0 + b, the other order of products.
    var naive = hidden.product(golden["W_self"].matrix)
    for (relation, key) in zip(relations, ["W_a", "W_b"]) {
      naive.add(relation.matrix.product(hidden.product(golden[key].matrix)))
    }
    for i in 0..<6 { for j in 0..<2 { naive[i, j] += golden["bias"].doubles[j] } }
    let activated = naive.mapValues { $0 > 0 ? $0 : exponential($0) - 1 }
    #expect(activated.maximumDifference(from: direct) < 1e-12)
  }

  @Test("Gradients of a two-layer network with dropout, for weights and input")
  func gradients() {
    let relations = [relation("a"), relation("b", .row)]
    let streams = RandomStreams(seed: 1, prefix: "test")
    let second = RelationalLayer(
      inputWidth: 2, outputWidth: 3, relations: ["a", "b"], streams: streams)
    var tape = Tape()
    let input = tape.leaf(hidden)
    var gathered = RelationalLayer.gather(input, along: relations, on: &tape)
    gathered = tape.dropout(gathered, rate: 0.3, name: "layer=1")
    let one = layer.map.record(on: &tape, input: gathered)
    let middle = tape.dropout(tape.elu(one.output), rate: 0.5, name: "layer=2")
    let two = second.map.record(
      on: &tape, input: RelationalLayer.gather(middle, along: relations, on: &tape))
    var targets = Matrix(rows: 6, columns: 3)
    for i in 0..<6 { targets[i, i % 3] = 1 }
    let loss = tape.crossEntropy(
      tape.elu(two.output), targets: targets, rowWeights: [1, 0.5, 0, 2, 1, 1])
    let leaves = [input, one.weights, one.bias, two.weights, two.bias]
    #expect(largestGradientError(on: tape, of: loss, for: leaves) < 1e-6)
    #expect(
      largestGradientError(on: tape, of: loss, for: leaves, dropout: streams.scoped("epoch=0"))
        < 1e-6)
  }

  @Test("Permuting patients permutes outputs")
  func permutation() {
    let order = [3, 0, 5, 1, 4, 2]
    let edges = golden["edges", "b"].items.map(\.ints)
    // Patient order[i] moves to row i.
    let moved = edges.map { edge in edge.map { patient in order.firstIndex(of: patient) ?? 0 } }
    let plain = layer.applied(
      to: RelationalLayer.gather(hidden, along: [relation("a"), relation("b")]))
    let movedA = golden["edges", "a"].items.map(\.ints).map { edge in
      edge.map { patient in order.firstIndex(of: patient) ?? 0 }
    }
    let permuted = layer.applied(
      to: RelationalLayer.gather(
        hidden.selecting(rows: order),
        along: [
          PropagationMatrix(adjacency: adjacency(movedA)),
          PropagationMatrix(adjacency: adjacency(moved)),
        ]))
    #expect(permuted.maximumDifference(from: plain.selecting(rows: order)) < 1e-12)
  }

  @Test("Without edges and relation weights the layer is a perceptron, exactly")
  func perceptron() {
    let empty = PropagationMatrix(adjacency: adjacency([]))
    let zero = Matrix(rows: 3, columns: 2)
    let selfOnly = RelationalLayer(
      relationWeights: [zero, zero], selfWeights: golden["W_self"].matrix,
      bias: Matrix([golden["bias"].doubles]))
    let perceptron = RelationalLayer(
      relationWeights: [], selfWeights: golden["W_self"].matrix,
      bias: Matrix([golden["bias"].doubles]))
    #expect(
      selfOnly.appliedRowByRow(to: RelationalLayer.gather(hidden, along: [empty, empty]))
        == perceptron.appliedRowByRow(to: RelationalLayer.gather(hidden, along: [])))
  }

  @Test("Constant input with rows that sum to 1 gives constant output")
  func constant() {
    let input = Matrix(rows: 6, columns: 3, repeating: 0.7)
    let output = layer.applied(
      to: RelationalLayer.gather(input, along: [relation("a", .row), relation("b", .row)]))
    for i in 1..<6 {
      for j in 0..<2 { #expect(abs(output[i, j] - output[0, j]) < 1e-12) }
    }
  }

  @Test("The loss falls for twenty steps of plain gradient descent")
  func descent() {
    let relations = [relation("a"), relation("b")]
    var tape = Tape()
    let input = tape.leaf(RelationalLayer.gather(hidden, along: relations))
    let recorded = layer.map.record(on: &tape, input: input)
    var targets = Matrix(rows: 6, columns: 2)
    for i in 0..<6 { targets[i, i % 2] = 1 }
    let loss = tape.crossEntropy(
      tape.elu(recorded.output), targets: targets,
      rowWeights: [Double](repeating: 1.0 / 6, count: 6))
    var last = tape.scalar(of: loss)
    for _ in 0..<20 {
      let leaves = [recorded.weights, recorded.bias]
      for (leaf, gradient) in zip(leaves, tape.gradients(of: loss, for: leaves)) {
        tape.modify(leaf) { $0.add(gradient, times: -1e-3) }
      }
      tape.evaluate(dropout: nil)
      #expect(tape.scalar(of: loss) < last)
      last = tape.scalar(of: loss)
    }
  }
}
