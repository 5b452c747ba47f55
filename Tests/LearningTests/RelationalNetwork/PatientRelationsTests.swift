import Learning
import LinearAlgebra
import Testing

@Suite("Relations of patients")
struct PatientRelationsTests {
  private func features(_ count: Int, seed: UInt64) -> PatientFeatures {
    var stream = RandomStream(seed: seed, name: "relations")
    let a = stream.normalMatrix(rows: count, columns: 4)
    let b = stream.normalMatrix(rows: count, columns: 3)
    let flags = (0..<count).map { $0 % 7 != 0 }
    return PatientFeatures(
      features: [a, b], isMeasured: [[Bool](repeating: true, count: count), flags])
  }

  @Test("Graphs are symmetric, unweighted, and join everyone to enough neighbors")
  func graphs() throws {
    let known = features(60, seed: 1)
    let relations = try PatientRelations(known, relations: [.own, .fused], neighbors: 5)
    let fused = try #require(relations.fused)
    for (graph, flags) in [
      (relations.own[0], known.isMeasured[0]), (relations.own[1], known.isMeasured[1]),
      (fused, known.isMeasured[0]),
    ] {
      let dense = graph.dense()
      #expect(dense == dense.transposed())
      for i in 0..<60 {
        let degree = dense.row(i).reduce(0, +)
        #expect(dense[i, i] == 0 && (flags[i] ? degree >= 5 : degree == 0))
      }
      #expect(dense.values.allSatisfy { $0 == 0 || $0 == 1 })
    }
  }

  @Test("The own graph joins Euclidean neighbors")
  func nearest() throws {
    let known = features(40, seed: 2)
    let relations = try PatientRelations(known, relations: [.own], neighbors: 3)
    let x = known.features[0]
    func distance(_ i: Int, _ j: Int) -> Double {
      zip(x.row(i), x.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let chosen = (0..<40).map { i in
      Set((0..<40).filter { $0 != i }.sorted { distance(i, $0) < distance(i, $1) }.prefix(3))
    }
    for i in 0..<40 {
      let expected = (0..<40).filter { chosen[i].contains($0) || chosen[$0].contains(i) }
      #expect(relations.own[0].row(i).map(\.column) == expected)
    }
  }

  @Test("New patients take their edges alone as in a batch; without the modality none")
  func inductive() throws {
    let relations = try PatientRelations(
      features(60, seed: 1), relations: [.own, .fused], neighbors: 5)
    var new = features(9, seed: 3)
    new.isMeasured[0][0] = false
    let own = (0..<2).map { relations.ownEdges(of: new, modality: $0) }
    let fused = relations.fusedEdges(of: new)
    #expect(own[0][0].isEmpty && own[1][0].isEmpty && fused[0].isEmpty)
    for i in 0..<9 {
      let alone = new.selecting(rows: [i])
      for m in 0..<2 {
        #expect(
          own[m][i].map(\.column)
            == relations.ownEdges(of: alone, modality: m)[0].map(\.column))
        #expect(own[m][i].count == (new.isMeasured[m][i] ? 5 : 0))
      }
      #expect(fused[i].map(\.column) == relations.fusedEdges(of: alone)[0].map(\.column))
      #expect(i == 0 || fused[i].count == 5)
    }
  }
}
