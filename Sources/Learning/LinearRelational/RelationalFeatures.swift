import Cohort
import LinearAlgebra
import PatientGraph

/// Which neighbors a linear relational head hears beside the patient itself.
public enum RelationChoice: String, Sendable, Hashable {
  /// None: B_m = Z_m.
  case none
  /// The modality's own neighbors: B_m = [Z_m, A_m Z_m].
  case own
  /// Own neighbors and those of the fused graph: B_m = [Z_m, A_m Z_m, A_snf Z_m].
  case ownAndFused
}

/// Features of every head of the linear relational model, for the patients of a fold and for new
/// ones.
///
/// Z_m is the standardised modality, A_m its directed nearest neighbors and A_snf those of the fused
/// graph. The self path Z_m dominates by construction: neighbors enter as further features, never
/// in place of the patient's own values. A patient who lacks a modality stands at its training mean
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

  private let preprocessors: [FittedPreprocessor]
  private let standardized: [Matrix]
  private let graphs: RelationGraphs?
  private let choice: RelationChoice
  private let transductiveRows: [String: Int]

  /// Prepares every modality on the training rows, builds the graphs and the features.
  package init(_ training: TrainingView, _ context: FitContext, _ choice: RelationChoice) {
    let prepared = context.store.value("prepared") { StandardizedModalities(training, context) }
    self.choice = choice
    modalities = prepared.modalities
    preprocessors = prepared.preprocessors
    standardized = prepared.standardized
    isMeasured = prepared.isMeasured
    let transductive = training.isTransductive
    graphs =
      choice == .none
      ? nil
      : context.store.value("relation-graphs") {
        RelationGraphs(
          features: prepared.standardized, isMeasured: Self.everyone(prepared.standardized),
          options: Self.graphOptions(transductive: transductive))
      }
    var rows = [String: Int]()
    for row in training.trainingCount..<training.table.patientCount {
      rows[training.table.patients[row]] = row
    }
    transductiveRows = rows
    let graphs = graphs
    features = prepared.standardized.indices.map { m in
      Self.features(
        own: prepared.standardized[m], choice: choice, ownEdges: graphs?.own[m],
        fusedEdges: graphs?.fused, neighborFeatures: prepared.standardized[m])
    }
  }

  /// B_m and measured flags of patients to be predicted; a row depends on that patient alone. In
  /// transductive mode patients known to the graph keep their place in it.
  package func extended(to patients: PatientTable) -> (features: [Matrix], isMeasured: [[Bool]]) {
    let tables = modalities.map { name in patients.modalities.first { $0.name == name } }
    let count = patients.patientCount
    let rows = tables.indices.map { m in
      tables[m].map { preprocessors[m].transform($0) }
        ?? Matrix(rows: count, columns: standardized[m].columnCount)
    }
    let measured = tables.map { $0?.isMeasured ?? [Bool](repeating: false, count: count) }
    let edges = graphs?.extend(features: rows, isMeasured: Self.everyone(rows))
    var result = tables.indices.map { m in
      Self.features(
        own: rows[m], choice: choice, ownEdges: edges?.own[m], fusedEdges: edges?.fused,
        neighborFeatures: standardized[m])
    }
    for (i, patient) in patients.patients.enumerated() {
      guard let row = transductiveRows[patient] else { continue }
      for m in result.indices { result[m].setRow(i, features[m].row(row)) }
    }
    return (result, measured)
  }

  private static func features(
    own: Matrix, choice: RelationChoice, ownEdges: SparseMatrix?, fusedEdges: SparseMatrix?,
    neighborFeatures: Matrix
  ) -> Matrix {
    var parts = [own]
    if choice != .none, let ownEdges { parts.append(ownEdges.product(neighborFeatures)) }
    if choice == .ownAndFused, let fusedEdges {
      parts.append(fusedEdges.product(neighborFeatures))
    }
    return Matrix.horizontal(parts)
  }

  private static func everyone(_ features: [Matrix]) -> [[Bool]] {
    features.map { [Bool](repeating: true, count: $0.rowCount) }
  }

  /// Patients to be predicted are in a transductive graph, so that its own edges serve them.
  private static func graphOptions(transductive: Bool) -> RelationGraphs.Options {
    var options = RelationGraphs.Options()
    options.fusedEdges = transductive ? .fusedMatrix : .oneStep
    return options
  }
}

/// Modalities standardised on the training rows of a fold.
struct StandardizedModalities: Sendable {
  var modalities: [String] = []
  var preprocessors: [FittedPreprocessor] = []
  var standardized: [Matrix] = []
  var isMeasured: [[Bool]] = []

  init(_ training: TrainingView, _ context: FitContext) {
    let trainingRows = Array(0..<training.trainingCount)
    let preprocessor = Preprocessor(options: context.preprocessing)
    for table in training.table.modalities {
      let fitted = preprocessor.fit(
        table: training.isTransductive ? table.selecting(rows: trainingRows) : table,
        labels: training.labels)
      guard let fitted else { continue }
      modalities.append(table.name)
      preprocessors.append(fitted)
      standardized.append(fitted.transform(table))
      isMeasured.append(table.isMeasured)
    }
  }
}
