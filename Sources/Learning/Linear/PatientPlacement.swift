import Cohort
import LinearAlgebra
import PatientGraph

/// Patients as a fit sees them: standardised rows and their edges to training patients.
struct PlacedPatients: Sendable {
  let patients: [String]
  /// Per modality patients × features.
  let rows: [Matrix]
  /// Which modalities each patient has.
  let isMeasured: [[Bool]]
  /// Which modalities each patient has, or has imputed values of.
  let isUsable: [[Bool]]
  /// Per modality patients × training patients; nil without graphs.
  let ownEdges: [SparseMatrix]?
  /// Patients × training patients; nil without graphs.
  let fusedEdges: SparseMatrix?
}

/// Reads patients and joins them to the training patients, once for all members of an answer.
struct PatientPlacement: Sendable {
  let modalities: PreparedModalities
  /// nil where no member listens to neighbors.
  let graphs: RelationPlacement?

  /// Patients in their place; a row depends on that patient alone.
  func callAsFunction(_ patients: PatientTable) -> PlacedPatients {
    let prepared = modalities.features(of: patients)
    let edges = graphs?.extend(
      features: prepared.features, isMeasured: Self.everyone(prepared.features))
    return PlacedPatients(
      patients: patients.patients, rows: prepared.features, isMeasured: prepared.isMeasured,
      isUsable: modalities.usable(prepared.isMeasured),
      ownEdges: edges?.own, fusedEdges: edges?.fused)
  }

  /// A patient who lacks a modality is placed at its mean, or at the imputed values.
  static func everyone(_ features: [Matrix]) -> [[Bool]] {
    features.map { [Bool](repeating: true, count: $0.rowCount) }
  }
}

/// What heads see of patients: B_m from rows and edges, see ``RelationalFeatures``.
struct RelationalInput: Sendable {
  let choice: RelationChoice
  /// Per modality from standardised values to what its head sees.
  let maps: [HeadInputMap]
  /// Per modality what heads see of the training patients themselves, for their new neighbors.
  let known: [Matrix]
  /// Patients to be predicted who are in the graph already; nil in inductive mode.
  var transductive: Transductive?

  /// Features of patients known to a transductive graph.
  struct Transductive: Sendable {
    let rows: [String: Int]
    let features: [Matrix]
  }

  /// B_m of placed patients; a row depends on that patient alone.
  func features(_ placed: PlacedPatients) -> [Matrix] {
    var result = features(
      own: zip(maps, placed.rows).map { $0($1) }, ownEdges: placed.ownEdges,
      fusedEdges: placed.fusedEdges)
    guard let transductive else { return result }
    for (i, patient) in placed.patients.enumerated() {
      guard let row = transductive.rows[patient] else { continue }
      for m in result.indices { result[m].setRow(i, transductive.features[m].row(row)) }
    }
    return result
  }

  /// B_m of patients whose own input is known.
  func features(
    own: [Matrix], ownEdges: [SparseMatrix]?, fusedEdges: SparseMatrix?
  ) -> [Matrix] {
    own.indices.map { m in
      if choice == .fusedMean, let fusedEdges {
        var mean = own[m]
        mean.scale(by: 0.5)
        mean.add(fusedEdges.product(known[m]), times: 0.5)
        return mean
      }
      var parts = [own[m]]
      if choice != .none, let ownEdges { parts.append(ownEdges[m].product(known[m])) }
      if choice == .ownAndFused, let fusedEdges { parts.append(fusedEdges.product(known[m])) }
      return parts.count == 1 ? own[m] : Matrix.horizontal(parts)
    }
  }

  /// Columns of B_m for a modality of so many features.
  func width(_ m: Int, features: Int) -> Int {
    let own = maps[m].columnCount(of: features)
    switch choice {
    case .none, .fusedMean: return own
    case .own: return 2 * own
    case .ownAndFused: return 3 * own
    }
  }
}
