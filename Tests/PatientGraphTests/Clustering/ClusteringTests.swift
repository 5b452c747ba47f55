import LinearAlgebra
import PatientGraph
import Testing
import _TestSupport

@Suite("Clustering")
struct ClusteringTests {
  private let golden = Golden.shared["spectral"]
  private let network = Golden.shared["snf", "snfpy_euclidean"].matrix

  @Test("Eigenvalues and eigengap of the reference network")
  func reference() throws {
    let kept = try SpectralClustering(network, keepsDiagonal: true)
    for (value, expected) in zip(kept.eigenvalues, golden["eigenvalues_Lsym_first10"].doubles) {
      #expect(abs(value - expected) <= 1e-9)
    }
    for (count, expected) in zip(1..., golden["gaps_1to9"].doubles) {
      #expect(abs(kept.gap(count) - expected) <= 1e-9)
    }
    #expect(kept.eigengapCount(maximum: 5) == golden["eigengap_choice_C_in_2_to_5"].int)
    let plain = try SpectralClustering(network)
    let expected = golden["eigenvalues_Lsym_zero_diagonal_first10"].doubles
    for (value, expected) in zip(plain.eigenvalues, expected) {
      #expect(abs(value - expected) <= 1e-9)
    }
    #expect(
      plain.eigengapCount(maximum: 5) == golden["eigengap_choice_zero_diagonal_C_in_2_to_5"].int)
  }

  @Test("Reference scores")
  func scores() {
    let golden = Golden.shared["cluster_scores"]
    let scores = ClusterScores(golden["a"].ints, golden["b"].ints)
    #expect(abs(scores.normalizedInformation - golden["nmi_arithmetic"].double) <= 1e-12)
    #expect(abs(scores.adjustedRand - golden["ari"].double) <= 1e-12)
    #expect(abs(scores.informationNats - golden["mi_nats"].double) <= 1e-12)
  }

  @Test("Scores of equal, renamed, single and independent labelings")
  func scoreProperties() {
    let labels = [0, 0, 1, 1, 2, 2]
    let renamed = ClusterScores(labels, [7, 7, 3, 3, 5, 5])
    #expect(abs(renamed.normalizedInformation - 1) < 1e-14)
    #expect(renamed.adjustedRand == 1)
    let single = ClusterScores([4, 4, 4], [1, 1, 1])
    #expect(single.normalizedInformation == 1 && single.adjustedRand == 1)
    let oneSided = ClusterScores(labels, [0, 0, 0, 0, 0, 0])
    #expect(oneSided.normalizedInformation == 0 && oneSided.adjustedRand == 0)
    let crossed = ClusterScores([0, 0, 1, 1], [0, 1, 0, 1])
    #expect(abs(crossed.normalizedInformation) < 1e-14 && crossed.adjustedRand < 0)
    #expect(ClusterScores([], []).adjustedRand == 1)
    #expect(renumbered([9, 2, 9, 4]) == [0, 1, 0, 2])
  }

  @Test("Separated groups are found, under any order of patients")
  func groups() throws {
    let n = 60
    let modalities = simulatedModalities(n, columns: [20, 20], seed: 11)
    let affinities = kernelAffinities(modalities, allMeasured(modalities), neighbors: 10)
    let fused = try SimilarityNetworkFusion().fuse(affinities).fused
    let truth = (0..<n).map { $0 % 3 }
    let spectral = try SpectralClustering(fused)
    #expect(spectral.eigengapCount() == 3)
    let labels = try spectral.labels(clusterCount: 3, stream: RandomStream(seed: 1, name: "c"))
    #expect(ClusterScores(labels, truth).adjustedRand == 1)
    #expect(labels[0] == 0 && labels == renumbered(labels))
    var stream = RandomStream(seed: 2, name: "order")
    let order = stream.permutation(n)
    let moved = try SpectralClustering(reordered(fused, order))
      .labels(clusterCount: 3, stream: RandomStream(seed: 1, name: "c"))
    #expect(moved == renumbered(order.map { labels[$0] }))
  }

  @Test("Extremes: one cluster, one each, isolated patients, tiny networks, bad counts")
  func extremes() throws {
    let spectral = try SpectralClustering(network)
    let stream = RandomStream(seed: 1, name: "c")
    #expect(try spectral.labels(clusterCount: 1, stream: stream) == [Int](repeating: 0, count: 14))
    let each = try spectral.labels(clusterCount: 14, stream: stream)
    #expect(each.allSatisfy { (0..<14).contains($0) })
    #expect(throws: PatientGraphError.self) {
      try spectral.labels(clusterCount: 15, stream: stream)
    }
    #expect(throws: PatientGraphError.self) { try spectral.labels(clusterCount: 0, stream: stream) }
    let isolated = try SpectralClustering(Matrix(rows: 4, columns: 4))
    #expect(isolated.eigenvalues == [1, 1, 1, 1])
    #expect(isolated.eigengapCount() == 2)
    #expect(try SpectralClustering(Matrix.identity(1)).eigengapCount() == 1)
    #expect(try SpectralClustering(Matrix.identity(2)).eigengapCount() == 2)
    let empty = try SpectralClustering(Matrix(rows: 0, columns: 0))
    #expect(try empty.labels(clusterCount: 1, stream: stream).isEmpty)
  }
}
