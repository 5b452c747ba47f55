import LinearAlgebra
import PatientGraph

/// Undirected graphs over known patients, and the edges of new ones to them.
///
/// Own relation: i and j are joined if either is among the other's k nearest (Euclidean, on
/// standardised rows). Fused relation: the same with the k largest fused affinities of similarity
/// network fusion. All edges weigh 1. A new patient is joined to its own k nearest.
package struct PatientRelations: Sendable {
  /// Edges of one patient.
  package typealias Edges = [(column: Int, weight: Double)]

  /// Per modality the nearest-neighbor graph; empty where that relation is not used.
  package let own: [SparseMatrix]
  /// The fused graph; nil where that relation is not used.
  package let fused: SparseMatrix?

  private let known: PatientFeatures
  private let neighbors: Int
  /// Modalities that take part in fusion.
  private let fusing: [Int]
  private let fusion: InductiveFusion?

  /// Builds the graphs of known patients.
  ///
  /// - Parameters:
  ///   - known: features of all patients of the graph.
  ///   - relations: which graphs are needed.
  ///   - neighbors: k.
  package init(_ known: PatientFeatures, relations: [NetworkRelation], neighbors: Int) throws {
    self.known = known
    self.neighbors = neighbors
    let count = known.patientCount
    own =
      relations.contains(.own)
      ? known.features.indices.map { m in
        let rows = known.isMeasured[m].indices.filter { known.isMeasured[m][$0] }
        guard rows.count > 1 else { return Self.union([], patientCount: count) }
        let distances = pairwiseDistances(
          known.features[m].selecting(rows: rows), metric: .euclidean)
        return Self.union(
          rows.indices.map { i in
            (
              patient: rows[i],
              chosen: Self.largest(
                distances.row(i).map { -$0 }, count: neighbors, excluding: i
              ).map { rows[$0] }
            )
          }, patientCount: count)
      } : []
    let sizes = known.isMeasured.map { flags in flags.count { $0 } }
    fusing = sizes.indices.filter { sizes[$0] >= 4 }
    guard relations.contains(.fused), let smallest = fusing.map({ sizes[$0] }).min() else {
      fusion = nil
      fused =
        relations.contains(.fused) ? Self.union([], patientCount: count) : nil
      return
    }
    var options = SimilarityNetworkFusion.Options()
    options.neighbors = max(1, min(options.neighbors, smallest / 5))
    let fitted = try InductiveFusion(
      features: fusing.map { known.features[$0] }, isMeasured: fusing.map { known.isMeasured[$0] },
      fusion: options)
    fusion = fitted
    fused = Self.union(
      (0..<count).map { i in
        let row = Array(fitted.network.fused.row(i))
        let chosen = Self.largest(row, count: neighbors, excluding: i, above: 0)
        return (patient: i, chosen: chosen)
      }, patientCount: count)
  }

  /// Edges of new patients in the modality's own graph; none where the modality is missing. A row
  /// depends on that patient alone, to the bit.
  package func ownEdges(of new: PatientFeatures, modality m: Int) -> [Edges] {
    let rows = known.isMeasured[m].indices.filter { known.isMeasured[m][$0] }
    let present = new.isMeasured[m].indices.filter { new.isMeasured[m][$0] }
    var edges = [Edges](repeating: [], count: new.patientCount)
    guard !rows.isEmpty, !present.isEmpty else { return edges }
    let distances = crossDistances(
      new.features[m].selecting(rows: present), to: known.features[m].selecting(rows: rows),
      metric: .euclidean)
    for (position, i) in present.enumerated() {
      let chosen = Self.largest(distances.row(position).map { -$0 }, count: neighbors)
      edges[i] = chosen.map { (column: rows[$0], weight: 1) }
    }
    return edges
  }

  /// Edges of new patients in the fused graph; none for a patient without any modality. A row
  /// depends on that patient alone, to the bit.
  package func fusedEdges(of new: PatientFeatures) -> [Edges] {
    guard let fusion else { return [Edges](repeating: [], count: new.patientCount) }
    let affinities = fusion.affinities(
      features: fusing.map { new.features[$0] }, isMeasured: fusing.map { new.isMeasured[$0] })
    return (0..<new.patientCount).map { i in
      Self.largest(Array(affinities.row(i)), count: neighbors, above: 0)
        .map { (column: $0, weight: 1) }
    }
  }

  /// Joins each patient with those it chose, in both directions, by edges of weight 1.
  private static func union(
    _ choices: [(patient: Int, chosen: [Int])], patientCount: Int
  ) -> SparseMatrix {
    var joined = [Set<Int>](repeating: [], count: patientCount)
    for (patient, chosen) in choices {
      for other in chosen {
        joined[patient].insert(other)
        joined[other].insert(patient)
      }
    }
    return SparseMatrix(
      rows: joined.map { others in others.sorted().map { (column: $0, weight: 1) } },
      columnCount: patientCount)
  }

  /// Columns of the `count` largest scores above `threshold`; the lower column on ties.
  private static func largest(
    _ scores: [Double], count: Int, excluding excluded: Int? = nil,
    above threshold: Double = -.infinity
  ) -> [Int] {
    var chosen: [Int] = []
    for column in scores.indices where column != excluded && scores[column] > threshold {
      if chosen.count == count {
        guard let last = chosen.last, scores[column] > scores[last] else { continue }
        chosen.removeLast()
      }
      var position = chosen.count
      while position > 0, scores[chosen[position - 1]] < scores[column] { position -= 1 }
      chosen.insert(column, at: position)
    }
    return chosen
  }
}
