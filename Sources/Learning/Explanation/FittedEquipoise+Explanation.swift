import Cohort
import LinearAlgebra

extension FittedEquipoise: ExplainedFit {
  func attributions(
    of patient: PatientTable, class target: Int, temperature: Double
  ) throws -> FeatureAttributions? {
    precondition(patient.patientCount == 1, "one patient")
    guard let fit = try serving(patient) else { return nil }
    let placed = fit.placement(patient)
    let nodes = GaussLegendre.nodes(segments: 32)
    let path = placed.alongPath(nodes.map(\.place) + [0, 1])
    let (probabilities, gradients) = fit.answerAndGradients(
      path, class: target, temperature: temperature)
    var total = 0.0
    var modalities: [FeatureAttributions.Modality] = []
    for m in placed.rows.indices where placed.isMeasured[m][0] {
      let row = Array(placed.rows[m].row(0))
      let values = row.indices.map { j in
        row[j] * orderedSum(nodes.indices.map { nodes[$0].weight * gradients[m][$0, j] })
      }
      total += orderedSum(values)
      modalities.append(
        FeatureAttributions.Modality(
          name: self.modalities[m],
          features: fit.placement.modalities.preprocessors[m].keptNames,
          standardized: row, values: values))
    }
    let (baseline, probability) = (probabilities[nodes.count], probabilities[nodes.count + 1])
    return FeatureAttributions(
      modalities: modalities, baseline: baseline, probability: probability,
      gap: total - (probability - baseline))
  }

  func companions(of patients: PatientTable) throws -> [[Companion]] {
    try (0..<patients.patientCount).map { i in
      let patient = patients.selecting(rows: [i])
      guard let fit = try serving(patient), let graphs = fit.placement.graphs else { return [] }
      let placed = fit.placement(patient)
      guard let own = placed.ownEdges, let fused = placed.fusedEdges else { return [] }
      var weights = [Double](repeating: 0, count: graphs.patientCount)
      let usesFused = fit.base.members.contains { $0.input.choice == .ownAndFused }
      for edges in own {
        for (column, weight) in edges.row(0) { weights[column] += weight }
        if usesFused { for (column, weight) in fused.row(0) { weights[column] += weight } }
      }
      let sum = orderedSum(weights)
      guard sum > 0 else { return [] }
      return weights.indices.filter { weights[$0] > 0 }.map { row in
        Companion(
          row: row, weight: weights[row] / sum,
          similarities: placed.rows.indices.filter { placed.isMeasured[$0][0] }.compactMap { m in
            graphs.features(of: row, in: m).map {
              (modalities[m], Self.cosine(placed.rows[m].row(0), $0))
            }
          })
      }
      .sorted { ($1.weight, $0.row) < ($0.weight, $1.row) }
    }
  }

  /// The fit that serves a patient; nil for one who has nothing.
  private func serving(_ patient: PatientTable) throws -> EquipoiseFit? {
    let missing = modalities.indices.filter { m in
      patient.modalities.first { $0.name == modalities[m] }?.isMeasured[0] != true
    }
    if missing.count == modalities.count { return nil }
    let own = missing.isEmpty ? nil : try fits.fit(without: missing)
    return try own ?? fits.whole()
  }

  private static func cosine(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
    var (product, first, second) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += x * y
      first += x * x
      second += y * y
    }
    return first > 0 && second > 0 ? product / (first * second).squareRoot() : 0
  }
}

extension PlacedPatients {
  /// One patient at several places between the training mean (0) and itself (1), with the same
  /// neighbors.
  func alongPath(_ places: [Double]) -> PlacedPatients {
    let rows = rows.map { matrix in
      var result = Matrix(rows: places.count, columns: matrix.columnCount)
      for (i, place) in places.enumerated() {
        for j in 0..<matrix.columnCount { result[i, j] = place * matrix[0, j] }
      }
      return result
    }
    func repeated(_ edges: SparseMatrix) -> SparseMatrix {
      SparseMatrix(
        rows: [[(column: Int, weight: Double)]](repeating: edges.row(0), count: places.count),
        columnCount: edges.columnCount)
    }
    return PlacedPatients(
      patients: places.map { _ in patients[0] }, rows: rows,
      isMeasured: isMeasured.map { [Bool](repeating: $0[0], count: places.count) },
      isUsable: isUsable.map { [Bool](repeating: $0[0], count: places.count) },
      ownEdges: ownEdges.map { $0.map(repeated) }, fusedEdges: fusedEdges.map(repeated))
  }
}

/// Composite Gauss–Legendre quadrature of [0, 1] with four nodes a segment.
enum GaussLegendre {
  static func nodes(segments: Int) -> [(place: Double, weight: Double)] {
    let inner = (3.0 / 7 - 2.0 / 7 * (6.0 / 5).squareRoot()).squareRoot()
    let outer = (3.0 / 7 + 2.0 / 7 * (6.0 / 5).squareRoot()).squareRoot()
    let innerWeight = (18 + 30.0.squareRoot()) / 36
    let outerWeight = (18 - 30.0.squareRoot()) / 36
    let rule = [
      (-outer, outerWeight), (-inner, innerWeight), (inner, innerWeight), (outer, outerWeight),
    ]
    let half = 0.5 / Double(segments)
    return (0..<segments).flatMap { k in
      rule.map { (half * (2 * Double(k) + 1 + $0.0), half * $0.1) }
    }
  }
}
