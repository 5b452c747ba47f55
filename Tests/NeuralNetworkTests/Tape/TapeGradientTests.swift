import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Tape gradients")
struct TapeGradientTests {
  private let tolerance = 1e-6

  private func normal(_ rows: Int, _ columns: Int, _ name: String) -> Matrix {
    var stream = RandomStream(seed: 5, name: name)
    return stream.normalMatrix(rows: rows, columns: columns)
  }

  /// A scalar that weighs every entry differently.
  private func reduced(_ variable: Tape.Variable, on tape: inout Tape) -> Tape.Variable {
    let (rows, columns) = (
      tape.value(of: variable).rowCount, tape.value(of: variable).columnCount
    )
    let left = tape.leaf(normal(1, rows, "left"))
    let right = tape.leaf(normal(columns, 1, "right"))
    return tape.product(tape.product(left, variable), right)
  }

  private func error(
    shapes: [(Int, Int)], dropout: RandomStreams? = nil,
    _ build: (inout Tape, [Tape.Variable]) -> Tape.Variable
  ) -> Double {
    var tape = Tape()
    var leaves: [Tape.Variable] = []
    for (k, shape) in shapes.enumerated() {
      leaves.append(tape.leaf(normal(shape.0, shape.1, "leaf \(k)")))
    }
    let built = build(&tape, leaves)
    let loss = reduced(built, on: &tape)
    return largestGradientError(on: tape, of: loss, for: leaves, dropout: dropout)
  }

  private let ring = SparseMatrix(
    rows: (0..<5).map { i in [(column: (i + 1) % 5, weight: 1), (column: (i + 4) % 5, weight: 1)] },
    columnCount: 5)

  @Test("Dense product, both sides")
  func product() {
    #expect(error(shapes: [(4, 3), (3, 2)]) { $0.product($1[0], $1[1]) } < tolerance)
    #expect(error(shapes: [(4, 3), (5, 3)]) { $0.product($1[0], transposed: $1[1]) } < tolerance)
    #expect(error(shapes: [(4, 3)]) { $0.product($1[0], transposed: $1[0]) } < tolerance)
  }

  @Test("Sparse product whose matrix is not symmetric")
  func sparseProduct() {
    let propagation = PropagationMatrix(
      adjacency: ring, normalization: .row, isMeasured: [true, true, false, true, true])
    #expect(error(shapes: [(5, 3)]) { $0.product(propagation, $1[0]) } < tolerance)
  }

  @Test("Bias, weighted sums, row sums, concatenation")
  func sums() {
    #expect(error(shapes: [(1, 3), (4, 3)]) { $0.addBias($1[0], to: $1[1]) } < tolerance)
    #expect(
      error(shapes: [(4, 3), (4, 3)]) { $0.weightedSum($1, coefficients: [0.3, -2]) } < tolerance)
    let weights = normal(4, 2, "weights")
    #expect(
      error(shapes: [(4, 3), (4, 3)]) { $0.rowWeightedSum($1, weights: weights) } < tolerance)
    #expect(error(shapes: [(3, 2)]) { $0.scaleRows($1[0], by: [0, 1, -2]) } < tolerance)
    #expect(error(shapes: [(4, 2), (4, 3)]) { $0.concatenate($1) } < tolerance)
    #expect(error(shapes: [(4, 2)]) { $0.scale($0.add($1[0], $1[0]), by: 0.7) } < tolerance)
  }

  @Test("Units and dropout")
  func nonlinear() {
    #expect(error(shapes: [(6, 4)]) { $0.elu($1[0]) } < tolerance)
    #expect(error(shapes: [(6, 4)]) { $0.relu($1[0]) } < tolerance)
    let streams = RandomStreams(seed: 9, prefix: "epoch=0")
    #expect(
      error(shapes: [(6, 4)], dropout: streams) {
        $0.dropout($0.elu($1[0]), rate: 0.4, name: "layer")
      } < tolerance)
  }

  @Test("Cross-entropy with soft targets and distillation")
  func losses() {
    let targets = softmaxRows(normal(5, 3, "targets"))
    let weights = [0.2, 0, 1, 0.5, 0.3]
    #expect(
      error(shapes: [(5, 3)]) {
        $0.crossEntropy($1[0], targets: targets, rowWeights: weights)
      } < tolerance)
    #expect(
      error(shapes: [(5, 3)]) {
        $0.distillation($1[0], teacher: targets, temperature: 2, rowWeights: weights)
      } < tolerance)
  }

  @Test("Several losses of one tape have their own gradients")
  func separateLosses() {
    var tape = Tape()
    let (a, b) = (tape.leaf(normal(3, 2, "a")), tape.leaf(normal(3, 2, "b")))
    let first = reduced(tape.elu(a), on: &tape)
    let second = reduced(tape.add(a, tape.elu(b)), on: &tape)
    let total = tape.weightedSum([first, second], coefficients: [1, 3])
    let (one, two) = (
      tape.gradients(of: first, for: [a, b]), tape.gradients(of: second, for: [a, b])
    )
    let both = tape.gradients(of: total, for: [a, b])
    #expect(one[1] == Matrix(rows: 3, columns: 2))
    for k in 0..<2 { #expect(both[k].maximumDifference(from: one[k] + 3 * two[k]) < 1e-14) }
    tape.setCoefficients([1, 0], of: total)
    tape.evaluate(dropout: nil)
    #expect(tape.gradients(of: total, for: [a, b]) == one)
    #expect(tape.scalar(of: total) == tape.scalar(of: first))
  }

  @Test("A slope from outside gives what the same loss on the tape gives")
  func outsideLoss() {
    var tape = Tape()
    let (a, b) = (tape.leaf(normal(3, 2, "a")), tape.leaf(normal(3, 2, "b")))
    let output = tape.add(a, tape.elu(b))
    // ⟨left ⊗ right, output⟩ is what `reduced` records.
    let slope = normal(1, 3, "left").transposed().product(normal(2, 1, "right").transposed())
    let loss = reduced(output, on: &tape)
    let expected = tape.gradients(of: loss, for: [a, b])
    let found = tape.gradients(along: slope, of: output, for: [a, b])
    for k in 0..<2 { #expect(found[k].maximumDifference(from: expected[k]) < 1e-14) }
  }
}
