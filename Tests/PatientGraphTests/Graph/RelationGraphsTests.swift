import LinearAlgebra
import PatientGraph
import Testing

@Suite("Relation graphs")
struct RelationGraphsTests {
  private func options(
    _ neighbors: Int? = 6, _ edges: RelationGraphs.FusedEdges = .oneStep, iterations: Int = 15
  ) -> RelationGraphs.Options {
    var options = RelationGraphs.Options()
    options.neighbors = neighbors
    options.fusedEdges = edges
    options.iterations = iterations
    return options
  }

  private func rowSums(_ graph: SparseMatrix) -> [Double] {
    (0..<graph.rowCount).map { graph.row($0).reduce(0) { $0 + $1.weight } }
  }

  @Test("Own graphs follow their definition")
  func ownGraph() {
    let features = simulatedModalities(30)
    let graphs = RelationGraphs(
      features: features, isMeasured: allMeasured(features), options: options())
    for (matrix, graph) in zip(features, graphs.own) {
      let distances = crossDistances(matrix, to: matrix, metric: .euclidean)
      let means = (0..<30).map { i in
        (0..<30).filter { $0 != i }.map { distances[i, $0] }.sorted().prefix(6).reduce(0, +) / 6
      }
      for i in 0..<30 {
        let weights = (0..<30).map { j -> Double in
          let width = 0.5 * (means[i] + means[j] + distances[i, j]) / 3
          return j == i
            ? 0 : exponential(-distances[i, j] * distances[i, j] / (2 * width * width))
        }
        let order = (0..<30).sorted { (weights[$0], -$0) > (weights[$1], -$1) }.prefix(6)
        let sum = order.reduce(0) { $0 + weights[$1] }
        #expect(graph.row(i).map(\.column) == order.sorted())
        for (column, weight) in graph.row(i) {
          #expect(abs(weight - weights[column] / sum) < 1e-12)
        }
      }
    }
  }

  @Test("Fused matrix and one-step edges follow their definition", arguments: [true, false])
  func fusedOracle(isComplete: Bool) {
    let features = simulatedModalities(33)
    let isMeasured = isComplete ? allMeasured(features) : gaps(33, modalities: 3)
    let oracle = RelationOracle(
      features: features, isMeasured: isMeasured, neighbors: 5, iterations: 7)
    for edges in [RelationGraphs.FusedEdges.oneStep, .fusedMatrix] {
      let graphs = RelationGraphs(
        features: features, isMeasured: isMeasured, options: options(5, edges, iterations: 7))
      #expect(graphs.fusedMatrix.maximumDifference(from: oracle.fused) < 1e-12)
      var expected = edges == .oneStep ? oracle.step : oracle.fused
      for i in 0..<33 { expected[i, i] = 0 }
      expected = DenseFusionOracle.topRows(expected, 5)
      for i in 0..<33 where !expected.row(i).allSatisfy({ $0 > 0 || $0 == 0 }) {
        // A patient without any modality has no affinities to divide by.
        expected.setRow(i, [Double](repeating: 0, count: 33))
      }
      #expect(graphs.fused.dense().maximumDifference(from: expected) < 1e-12)
    }
  }

  @Test("Rows sum to 1, or to 0 where nothing was measured")
  func sums() {
    let features = simulatedModalities(41)
    let isMeasured = gaps(41, modalities: 3)
    for edges in [RelationGraphs.FusedEdges.oneStep, .fusedMatrix] {
      let graphs = RelationGraphs(
        features: features, isMeasured: isMeasured, options: options(7, edges))
      for (flags, graph) in zip(isMeasured, graphs.own) {
        for (flag, sum) in zip(flags, rowSums(graph)) {
          #expect(flag ? abs(sum - 1) < 1e-12 : sum == 0)
        }
      }
      let fused = rowSums(graphs.fused)
      #expect(fused.prefix(40).allSatisfy { abs($0 - 1) < 1e-12 })
      #expect(fused[40] == 0)
      #expect((0..<41).allSatisfy { i in graphs.fused.row(i).allSatisfy { $0.column != i } })
    }
  }

  @Test("New patients one by one equal the batch to the bit")
  func rowIndependence() {
    let features = simulatedModalities(70)
    let graphs = RelationGraphs(
      features: features, isMeasured: gaps(70, modalities: 3), options: options())
    let new = simulatedModalities(11, seed: 9)
    let flags = gaps(11, modalities: 3)
    let batch = graphs.extend(features: new, isMeasured: flags)
    let dense = graphs.fusedAffinities(features: new, isMeasured: flags)
    for i in 0..<11 {
      let row = new.map { $0.selecting(rows: [i]) }
      let single = graphs.extend(features: row, isMeasured: flags.map { [$0[i]] })
      for (own, all) in zip(single.own, batch.own) {
        #expect(own.row(0).map(\.column) == all.row(i).map(\.column))
        #expect(own.row(0).map(\.weight) == all.row(i).map(\.weight))
      }
      #expect(single.fused.row(0).map(\.column) == batch.fused.row(i).map(\.column))
      #expect(single.fused.row(0).map(\.weight) == batch.fused.row(i).map(\.weight))
      let affinities = graphs.fusedAffinities(features: row, isMeasured: flags.map { [$0[i]] })
      #expect(affinities.values == Array(dense.row(i)))
    }
    #expect(batch.fused.row(10).isEmpty)
    #expect(batch.own.allSatisfy { $0.row(10).isEmpty })
  }

  @Test("A copy of a training patient finds that patient and its neighbors")
  func copies() {
    let features = simulatedModalities(80)
    let graphs = RelationGraphs(
      features: features, isMeasured: allMeasured(features), options: options(8))
    let extended = graphs.extend(features: features, isMeasured: allMeasured(features))
    var shared = 0
    for i in 0..<80 {
      for graph in extended.own {
        #expect(graph.row(i).max { $0.weight < $1.weight }?.column == i)
      }
      let training = Set(graphs.fused.row(i).map(\.column))
      shared += extended.fused.row(i).count { training.contains($0.column) }
    }
    // More than half of eight, of which one is the patient itself; by chance it would be one.
    #expect(Double(shared) / 80 > 4)
  }

  @Test("Reordering patients reorders the graphs")
  func permutation() {
    let features = simulatedModalities(40)
    let isMeasured = gaps(40, modalities: 3)
    var stream = RandomStream(seed: 4, name: "order")
    let order = stream.permutation(40)
    let plain = RelationGraphs(features: features, isMeasured: isMeasured, options: options())
    let moved = RelationGraphs(
      features: features.map { $0.selecting(rows: order) },
      isMeasured: isMeasured.map { flags in order.map { flags[$0] } }, options: options())
    let new = simulatedModalities(5, seed: 2)
    #expect(
      moved.fused.dense().maximumDifference(from: reordered(plain.fused.dense(), order)) < 1e-11)
    #expect(moved.fusedMatrix.maximumDifference(from: reordered(plain.fusedMatrix, order)) < 1e-11)
    let there = plain.extend(features: new, isMeasured: allMeasured(new)).fused.dense()
    let here = moved.extend(features: new, isMeasured: allMeasured(new)).fused.dense()
    #expect(here.maximumDifference(from: there.selecting(columns: order)) < 1e-11)
  }

  @Test("The number of threads changes no byte")
  func threads() {
    let features = simulatedModalities(75)
    let isMeasured = gaps(75, modalities: 3)
    let one = RelationGraphs(features: features, isMeasured: isMeasured, threads: 1)
    let two = RelationGraphs(features: features, isMeasured: isMeasured, threads: 2)
    #expect(one.fused == two.fused)
    #expect(one.fusedMatrix == two.fusedMatrix)
    #expect(one.convergence == two.convergence)
  }

  @Test("Neighbors by rule, lowered in small cohorts")
  func neighborRule() {
    for (patients, expected) in [(120, 15), (99, 10), (7, 6), (2, 1), (1, 0)] {
      let features = simulatedModalities(patients)
      let graphs = RelationGraphs(features: features, isMeasured: allMeasured(features))
      #expect(graphs.neighbors == expected)
      #expect(graphs.own.allSatisfy { $0.row(0).count == expected })
      #expect(graphs.fused.row(0).count == expected)
      #expect(graphs.fused.weights.allSatisfy { $0.isFinite })
      let new = simulatedModalities(2, seed: 3)
      let extended = graphs.extend(features: new, isMeasured: allMeasured(new))
      #expect(extended.fused.row(1).count == expected)
      #expect(extended.own.allSatisfy { $0.row(1).count == expected })
    }
  }

  @Test("One modality: fused affinities are its own status")
  func singleModality() {
    let features = [simulatedModalities(30)[0]]
    let graphs = RelationGraphs(
      features: features, isMeasured: allMeasured(features), options: options())
    let weights = UnitExponentialKernel(neighbors: 6, bandwidthScale: 0.5)
      .affinity(distances: pairwiseDistances(features[0], metric: .euclidean)).weights
    let status = DenseFusionOracle.normalized(weights, .snftool231).symmetrized()
    #expect(graphs.fusedMatrix.maximumDifference(from: status) < 1e-14)
    #expect(graphs.convergence.isEmpty)
    #expect(rowSums(graphs.fused).allSatisfy { abs($0 - 1) < 1e-12 })
  }

  @Test("Duplicated patients and a modality measured in one patient stay finite")
  func degenerate() {
    let base = simulatedModalities(20)
    let features = base.map { $0.selecting(rows: [Int](repeating: 0, count: 9) + Array(1..<20)) }
    var isMeasured = allMeasured(features)
    isMeasured[2] = isMeasured[2].indices.map { $0 == 3 }
    let graphs = RelationGraphs(
      features: features, isMeasured: isMeasured, options: options(4))
    #expect(graphs.fused.weights.allSatisfy { $0.isFinite && $0 > 0 })
    #expect(graphs.own[2].storedCount == 0)
    let new = graphs.extend(features: features, isMeasured: allMeasured(features))
    #expect(new.fused.weights.allSatisfy { $0.isFinite && $0 > 0 })
    #expect(new.own[2].storedCount == 0)
    #expect(rowSums(new.fused).allSatisfy { abs($0 - 1) < 1e-12 })
  }
}
