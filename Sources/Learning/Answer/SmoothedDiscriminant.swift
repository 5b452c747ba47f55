import Cohort
import LinearAlgebra
import NeuralNetwork

/// Linear discriminant analysis of each modality on leading components, half the patient's own and
/// half those of its fused neighbors, pooled by learned late fusion.
///
/// Components and graph know unlabelled patients; the covariance within classes is that of the labelled
/// ones, shrunk. Source: ours (a prototype's measurements; docs/decisions/0014).
struct SmoothedDiscriminant: Sendable {
  /// What the discriminants see of patients.
  let input: RelationalInput
  /// One per modality.
  let models: [SoftmaxRegression.Model]
  let pooling: LatePooling

  /// Discriminants of given parts.
  init(input: RelationalInput, models: [SoftmaxRegression.Model], pooling: LatePooling) {
    self.input = input
    self.models = models
    self.pooling = pooling
  }

  /// Fits the discriminants.
  ///
  /// - Parameters:
  ///   - features: on leading components, half the fused neighbors.
  ///   - shrinkage: share of the scaled identity in the covariance, 0…1.
  init(
    _ features: RelationalFeatures, _ labelled: LabelledRows, shrinkage: Double
  ) throws {
    input = features.input
    func model(_ rows: Matrix, _ positions: [Int]) throws -> SoftmaxRegression.Model {
      try discriminant(
        rows.selecting(rows: positions), positions.map { labelled.labels[$0] },
        classCount: labelled.classCount, shrinkage: shrinkage)
    }
    let rows = features.features.map { $0.selecting(rows: labelled.rows) }
    let isMeasured = features.isUsable.map { flags in labelled.rows.map { flags[$0] } }
    models = try rows.indices.map { m in
      try model(rows[m], labelled.everything.filter { isMeasured[m][$0] })
    }
    let outOfFold = try rows.indices.map { m in
      var held = Matrix(rows: labelled.rows.count, columns: labelled.classCount)
      for fold in 0..<labelled.innerFoldCount {
        let (fitRows, heldRows) = labelled.split(fold)
        guard !fitRows.isEmpty, !heldRows.isEmpty else { continue }
        let fitted = try model(rows[m], fitRows.filter { isMeasured[m][$0] })
        let posteriors = logSoftmaxRows(fitted.logits(rows[m].selecting(rows: heldRows)))
        for (position, row) in heldRows.enumerated() {
          held.setRow(row, posteriors.row(position))
        }
      }
      return held
    }
    pooling = LatePooling.fit(
      logPosteriors: outOfFold, isMeasured: isMeasured, labels: labelled.labels,
      rowWeights: labelled.balancedWeights(of: labelled.everything))
  }

  /// Posteriors of patients; a row depends on that patient alone.
  func posteriors(_ placed: PlacedPatients) -> Matrix {
    let logPosteriors = zip(models, input.features(placed)).map { logSoftmaxRows($0.logits($1)) }
    return pooling.pool(logPosteriors, isMeasured: placed.isUsable)
  }
}

/// A discriminant over all classes; neutral about one without a row.
private func discriminant(
  _ rows: Matrix, _ labels: [Int], classCount: Int, shrinkage: Double
) throws -> SoftmaxRegression.Model {
  let seen = Set(labels).sorted()
  guard seen.count > 1 else {
    return SoftmaxRegression.Model(
      weights: Matrix(rows: rows.columnCount, columns: seen.count), biases: seen.map { _ in 0 }
    ).expanded(to: classCount, seen: seen, offset: 0)
  }
  var position = [Int](repeating: 0, count: classCount)
  for (index, label) in seen.enumerated() { position[label] = index }
  return try WithinClassScatter(
    features: rows, labels: labels.map { position[$0] }, classCount: seen.count
  ).discriminant(shrinkage: shrinkage).expanded(to: classCount, seen: seen, offset: 0)
}
