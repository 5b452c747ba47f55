import Cohort
import LinearAlgebra
import PatientGraph

/// Which neighbors a linear relational head sees beside the patient itself.
public enum RelationChoice: String, Sendable, Hashable {
  /// None: B_m = Z_m.
  case none
  /// The modality's own neighbors: B_m = [Z_m, A_m Z_m].
  case own
  /// Own neighbors and those of the fused graph: B_m = [Z_m, A_m Z_m, A_snf Z_m].
  case ownAndFused
  /// Half the patient itself, half its fused neighbors: B_m = ½ Z_m + ½ A_snf Z_m.
  case fusedMean
}

/// Features of every head of the linear relational model, for the patients of a fold and for new
/// ones.
///
/// Z_m is the standardised modality, A_m its directed nearest neighbors and A_snf those of the fused
/// graph. The self path Z_m dominates by construction: neighbors enter as further features, never
/// in place of the patient's own values. A patient who lacks a modality is placed at its training mean
/// (zeros) in features and graph alike, which measured no worse than leaving him out of that
/// graph (docs/decisions/0005); the fused edges still bring him the modality of his neighbors.
package struct RelationalFeatures: Sendable {
  /// Names of the modalities kept, in cohort order; one with nothing usable in the training rows
  /// is left out.
  package let modalities: [String]
  /// B_m over training patients, then (transductive mode) those to be predicted.
  package let features: [Matrix]
  /// Whether each of those patients has each modality.
  package let isMeasured: [[Bool]]
  /// Whether each of them has, or has imputed values of, each modality: heads are fitted on these.
  let isUsable: [[Bool]]

  /// What places new patients.
  let placement: PatientPlacement
  /// What heads see of them.
  let input: RelationalInput
  /// Prepares every modality on the training rows, builds the graphs and the features.
  init(
    _ prepared: PreparedPatients, _ training: TrainingView, _ context: FitContext,
    _ choice: RelationChoice, input: HeadInput = .values
  ) throws {
    modalities = prepared.modalities.modalities
    isMeasured = prepared.patients.isMeasured
    isUsable = prepared.modalities.usable(isMeasured)
    let standardized = prepared.patients.features
    let graphs =
      choice == .none
      ? nil
      : context.store.value(GraphKey(prepared: prepared.key(context))) {
        RelationGraphs(
          features: standardized, isMeasured: PatientPlacement.everyone(standardized),
          options: Self.graphOptions(transductive: training.isTransductive))
      }
    let trainingRows = Array(0..<training.trainingCount)
    let maps = try standardized.map {
      try HeadInputMap(input, training: $0.selecting(rows: trainingRows))
    }
    placement = PatientPlacement(modalities: prepared.modalities, graphs: graphs?.placement)
    var served = RelationalInput(
      choice: choice, maps: maps, known: zip(maps, standardized).map { $0($1) })
    features = served.features(
      own: served.known, ownEdges: graphs?.own, fusedEdges: graphs?.fused)
    if training.isTransductive {
      let rows = training.trainingCount..<training.table.patientCount
      served.transductive = RelationalInput.Transductive(
        rows: Dictionary(
          uniqueKeysWithValues: rows.map { (training.table.patients[$0], $0) }),
        features: features)
    }
    self.input = served
  }

  /// B_m and measured flags of patients to be predicted; a row depends on that patient alone. In
  /// transductive mode patients known to the graph keep their place in it.
  package func extended(to patients: PatientTable) -> (features: [Matrix], isMeasured: [[Bool]]) {
    let placed = placement(patients)
    return (input.features(placed), placed.isMeasured)
  }

  /// What features depend on within a fold.
  struct Key: SharedKey {
    typealias Value = RelationalFeatures
    let prepared: PreparedPatients.Key
    let choice: RelationChoice
    let input: HeadInput
  }

  private struct GraphKey: SharedKey {
    typealias Value = RelationGraphs
    let prepared: PreparedPatients.Key
  }

  /// Patients to be predicted are in a transductive graph, so that its own edges serve them.
  private static func graphOptions(transductive: Bool) -> RelationGraphs.Options {
    var options = RelationGraphs.Options()
    options.fusedEdges = transductive ? .fusedMatrix : .oneStep
    return options
  }
}
