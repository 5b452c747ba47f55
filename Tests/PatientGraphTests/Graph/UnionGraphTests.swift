import LinearAlgebra
import PatientGraph
import Testing

@Suite("Union graph")
struct UnionGraphTests {
  private let affinities = Matrix([
    [9, 5, 1, 0], [5, 9, 4, 3], [1, 4, 9, 2], [0, 3, 2, 9],
  ])

  @Test("Edges of either side, unit weights")
  func edges() {
    let graph = unionGraph(affinities, neighbors: 1)
    #expect(
      graph.dense() == Matrix([[0, 1, 0, 0], [1, 0, 1, 1], [0, 1, 0, 0], [0, 1, 0, 0]]))
  }

  @Test("Affinity weights follow their formula and are symmetric")
  func weights() {
    let graph = unionGraph(affinities, neighbors: 2, weighting: .affinity).dense()
    // Sums over the two nearest: 6, 9, 6, 5.
    #expect(abs(graph[0, 1] - (5.0 / 6 + 5.0 / 9)) < 1e-15)
    #expect(abs(graph[0, 2] - (1.0 / 6 + 1.0 / 6)) < 1e-15)
    #expect(graph[0, 3] == 0)
    #expect(graph == graph.transposed())
  }

  @Test("Every patient keeps its neighbors; ties go to the lower index; tiny cohorts")
  func bounds() {
    let flat = Matrix(rows: 6, columns: 6, repeating: 1)
    let graph = unionGraph(flat, neighbors: 2)
    #expect(graph.row(0).map(\.column) == [1, 2, 3, 4, 5])
    #expect(graph.row(5).map(\.column) == [0, 1])
    let features = simulatedModalities(40)[0]
    let weights = UnitExponentialKernel(neighbors: 5, bandwidthScale: 0.5)
      .affinity(distances: pairwiseDistances(features, metric: .euclidean)).weights
    let large = unionGraph(weights, neighbors: 5)
    #expect((0..<40).allSatisfy { large.row($0).count >= 5 })
    #expect(large.transposed() == large)
    #expect(unionGraph(Matrix.identity(1)).storedCount == 0)
    #expect(unionGraph(Matrix.identity(3)).storedCount == 6)
  }
}
