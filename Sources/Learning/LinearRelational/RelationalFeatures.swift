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
  /// Half the patient itself, half its fused neighbors: B_m = ½ Z_m + ½ A_snf Z_m.
  case fusedMean
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

  private let prepared: StandardizedModalities
  private let inputs: [HeadInputMap]
  /// What heads see of the graph's patients themselves.
  private let own: [Matrix]
  private let graphs: RelationGraphs?
  private let choice: RelationChoice
  private let transductiveRows: [String: Int]

  /// Prepares every modality on the training rows, builds the graphs and the features.
  package init(
    _ training: TrainingView, _ context: FitContext, _ choice: RelationChoice,
    input: HeadInput = .values
  ) throws {
    let prepared = context.store.value("prepared") { StandardizedModalities(training, context) }
    self.choice = choice
    modalities = prepared.modalities
    self.prepared = prepared
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
    let trainingRows = Array(0..<training.trainingCount)
    let inputs = try prepared.standardized.map {
      try HeadInputMap(input, training: $0.selecting(rows: trainingRows))
    }
    let own = zip(inputs, prepared.standardized).map { $0($1) }
    features = own.indices.map { m in
      Self.features(
        own: own[m], choice: choice, ownEdges: graphs?.own[m], fusedEdges: graphs?.fused,
        neighborFeatures: own[m])
    }
    self.inputs = inputs
    self.own = own
  }

  /// B_m and measured flags of patients to be predicted; a row depends on that patient alone. In
  /// transductive mode patients known to the graph keep their place in it.
  package func extended(to patients: PatientTable) -> (features: [Matrix], isMeasured: [[Bool]]) {
    let (rows, measured) = prepared.rows(of: patients)
    let edges = graphs?.extend(features: rows, isMeasured: Self.everyone(rows))
    var result = rows.indices.map { m in
      Self.features(
        own: inputs[m](rows[m]), choice: choice, ownEdges: edges?.own[m],
        fusedEdges: edges?.fused, neighborFeatures: own[m])
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
    if choice == .fusedMean, let fusedEdges {
      var mean = own
      mean.scale(by: 0.5)
      mean.add(fusedEdges.product(neighborFeatures), times: 0.5)
      return mean
    }
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
  /// By position, what stands in for a modality that its patients lack.
  var imputers: [Int: ModalityImputer] = [:]

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

  /// Standardised rows of patients to be predicted, what they lack at the training mean or imputed from
  /// the others, and what they have; a row depends on that patient alone.
  func rows(of patients: PatientTable) -> (rows: [Matrix], isMeasured: [[Bool]]) {
    let tables = modalities.map { name in patients.modalities.first { $0.name == name } }
    let count = patients.patientCount
    var rows = tables.indices.map { m in
      tables[m].map { preprocessors[m].transform($0) }
        ?? Matrix(rows: count, columns: standardized[m].columnCount)
    }
    if !imputers.isEmpty {
      let sources = Matrix.horizontal(
        modalities.indices.filter { imputers[$0] == nil }.map { rows[$0] })
      for m in modalities.indices {
        if let imputer = imputers[m] { rows[m] = imputer(sources) }
      }
    }
    let measured = tables.map { $0?.isMeasured ?? [Bool](repeating: false, count: count) }
    return (rows, measured)
  }
}
