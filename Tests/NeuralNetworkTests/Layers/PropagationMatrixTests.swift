import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Propagation")
struct PropagationMatrixTests {
  /// 0–1–2 and 3 alone.
  private let path = SparseMatrix(
    rows: [[(1, 1)], [(0, 1), (2, 1)], [(1, 1)], []], columnCount: 4)

  @Test("An isolated patient keeps itself; rows sum to 1 under row scaling")
  func basics() {
    for kind in [PropagationMatrix.Normalization.symmetric, .row] {
      let propagation = PropagationMatrix(adjacency: path, normalization: kind)
      #expect(propagation.matrix.row(3).map(\.weight) == [1])
      #expect(propagation.matrix.dense().transposed() == propagation.transposed.dense())
    }
    for sum in PropagationMatrix(adjacency: path, normalization: .row).matrix.dense().rowSums() {
      #expect(abs(sum - 1) < 1e-15)
    }
  }

  @Test("A patient without the modality sends nothing, and rows keep their sum")
  func missing() {
    let full = PropagationMatrix(adjacency: path).matrix.dense()
    let partial = PropagationMatrix(
      adjacency: path, isMeasured: [true, false, true, false]
    ).matrix.dense()
    for i in 0..<4 {
      #expect(partial[i, 1] == 0 && partial[i, 3] == 0)
      let sums = (full.row(i).reduce(0, +), partial.row(i).reduce(0, +))
      #expect(i == 3 ? sums.1 == 0 : abs(sums.0 - sums.1) < 1e-15)
    }
  }

  @Test("A new patient receives along its edges with stored degrees")
  func inductive() {
    let propagation = PropagationMatrix(adjacency: path)
    let new = propagation.inductive(neighbors: [[(1, 1), (2, 1)], []])
    #expect(new.matrix.row(0).map(\.column) == [1, 2])
    let expected = [1 / (3.0 * 3).squareRoot(), 1 / (3.0 * 2).squareRoot()]
    for (entry, weight) in zip(new.matrix.row(0), expected) {
      #expect(abs(entry.weight - weight) < 1e-15)
    }
    #expect(abs(new.selfWeights[0] - 1.0 / 3) < 1e-15 && new.selfWeights[1] == 1)
    let known = Matrix([[1], [2], [3], [4]])
    let own = Matrix([[10], [20]])
    let messages = new.product(known: known, own: own)
    #expect(abs(messages[0, 0] - (2 * expected[0] + 3 * expected[1] + 10 / 3.0)) < 1e-14)
    #expect(messages[1, 0] == 20)
  }

  @Test("A new patient without the modality has no message to itself")
  func inductiveMissing() {
    let propagation = PropagationMatrix(adjacency: path, normalization: .row)
    let new = propagation.inductive(
      neighbors: [[(1, 1), (2, 1)]], isMeasured: [true, true, false, true],
      newIsMeasured: [false])
    #expect(new.matrix.row(0).map(\.column) == [1])
    #expect(abs((new.matrix.row(0).first?.weight ?? 0) - 1) < 1e-15)
    #expect(new.selfWeights == [0])
  }
}
