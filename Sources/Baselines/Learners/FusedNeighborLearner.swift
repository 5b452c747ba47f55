import Cohort
import LinearAlgebra
import PatientGraph

/// Votes of the nearest labelled training patients on the fused patient graph:
/// p_c ∝ Σ_j W_ij 1[y_j = c] over the k labelled training patients j of largest fused affinity.
///
/// The graph is fitted on all training patients, labelled or not; k is its number of neighbors.
/// A patient without any modality gets the training frequencies.
struct FusedNeighborLearner: Learner {
  let name = "snf-knn"

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let fits = FoldFits(training, context)
    let patients = training.table.selecting(rows: Array(0..<training.trainingCount))
    let modalities = patients.modalities.map { fits.preparedModality($0.name) }
      // A graph needs features, and at least two patients to join.
      .filter { $0.preprocessor != nil && $0.isMeasured(patients).count { $0 } > 1 }
    let graphs =
      modalities.isEmpty
      ? nil
      : RelationGraphs(
        features: modalities.map { $0.features(patients) },
        isMeasured: modalities.map { $0.isMeasured(patients) })
    return FittedFusedNeighbors(
      modalities: modalities, graphs: graphs, labelledRows: fits.labelledRows,
      labels: fits.labels, seen: fits.seen, classFrequencies: fits.classFrequencies)
  }
}

struct FittedFusedNeighbors: FittedLearner {
  let modalities: [PreparedModality]
  /// nil where no modality can join patients.
  let graphs: RelationGraphs?
  let labelledRows: [Int]
  let labels: [Int]
  let seen: SeenClasses
  let classFrequencies: [Double]

  func predict(_ patients: PatientTable) throws -> Predictions {
    var result = Matrix(rows: patients.patientCount, columns: classFrequencies.count)
    let affinities = graphs?.fusedAffinities(
      features: modalities.map { $0.features(patients) },
      isMeasured: modalities.map { $0.isMeasured(patients) })
    for i in 0..<patients.patientCount {
      let votes = affinities.map { self.votes($0.row(i)) } ?? []
      let total = votes.reduce(0, +)
      result.setRow(i, total > 0 ? votes.map { $0 / total } : classFrequencies)
    }
    return Predictions(probabilities: seen.expand(result))
  }

  /// Summed affinity of each seen class among the nearest labelled patients; ties go to the lower
  /// row.
  private func votes(_ affinities: ArraySlice<Double>) -> [Double] {
    let start = affinities.startIndex
    let order = labelledRows.indices.sorted { a, b in
      let (x, y) = (affinities[start + labelledRows[a]], affinities[start + labelledRows[b]])
      return x != y ? x > y : a < b
    }
    var votes = [Double](repeating: 0, count: classFrequencies.count)
    for index in order.prefix(graphs?.neighbors ?? 0) {
      votes[labels[index]] += affinities[start + labelledRows[index]]
    }
    return votes
  }
}
