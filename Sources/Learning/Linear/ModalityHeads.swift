import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation
import NeuralNetwork

/// One converged linear head per modality, fitted on all labelled rows, with the out-of-fold
/// signals that guide everything after it.
///
/// Inner folds hold labels back, not features: scaling and graph use no label, so that a held-back
/// row differs from a training row only in what its label taught (see docs/decisions).
package struct ModalityHeads: Sendable {
  /// λ = 10/n on a loss whose row weights sum to 1 (scikit-learn's C = .1).
  package static let penaltyNumerator = 10.0

  /// Principal coordinates of each modality's features in the span of the labelled rows.
  package let spans: [RowSpan]
  /// Labelled rows in those coordinates.
  package let coordinates: [Matrix]
  /// Heads in those coordinates, fitted on all labelled rows.
  package let heads: [SoftmaxRegression.Model]
  /// Heads of each inner fold in those coordinates, per modality.
  package let foldHeads: [[SoftmaxRegression.Model]]
  /// Out-of-fold log-posteriors of the labelled rows, per modality.
  package let outOfFold: [Matrix]
  /// Signals of each modality.
  package let signals: [HeadSignal]

  /// What heads depend on within a fold.
  struct Key: SharedKey {
    typealias Value = ModalityHeads
    let features: RelationalFeatures.Key
    let innerFolds: Int
  }

  package init(_ features: RelationalFeatures, _ labelled: LabelledRows) throws {
    var spans: [RowSpan] = []
    var coordinates: [Matrix] = []
    var heads: [SoftmaxRegression.Model] = []
    var foldHeads: [[SoftmaxRegression.Model]] = []
    var outOfFold: [Matrix] = []
    var signals: [HeadSignal] = []
    let targets = labelled.targets
    for matrix in features.features {
      let rows = matrix.selecting(rows: labelled.rows)
      let span = try RowSpan(rows)
      let inside = span.project(rows)
      var held = Matrix(rows: labelled.rows.count, columns: labelled.classCount)
      var models: [SoftmaxRegression.Model] = []
      for fold in 0..<labelled.innerFoldCount {
        let (fitRows, heldRows) = labelled.split(fold)
        let weights = labelled.balancedWeights(of: fitRows)
        // Where groups leave nobody to fit on, the penalty keeps the head at "cannot tell".
        let model = try SoftmaxRegression(
          penalty: Self.penaltyNumerator / Double(max(fitRows.count, 1))
        ).fit(
          features: inside.selecting(rows: fitRows), targets: targets.selecting(rows: fitRows),
          rowWeights: fitRows.map { weights[$0] })
        models.append(model)
        let posteriors = logSoftmaxRows(model.logits(inside.selecting(rows: heldRows)))
        for (position, row) in heldRows.enumerated() {
          held.setRow(row, posteriors.row(position))
        }
      }
      let model = try SoftmaxRegression(
        penalty: Self.penaltyNumerator / Double(labelled.rows.count)
      ).fit(
        features: inside, targets: targets,
        rowWeights: labelled.balancedWeights(of: labelled.everything))
      spans.append(span)
      coordinates.append(inside)
      heads.append(model)
      foldHeads.append(models)
      outOfFold.append(held)
      signals.append(HeadSignal(outOfFold: held, labelled))
    }
    self.spans = spans
    self.coordinates = coordinates
    self.heads = heads
    self.foldHeads = foldHeads
    self.outOfFold = outOfFold
    self.signals = signals
  }

  /// A head of these coordinates as a map from the full features.
  func lifted(_ model: SoftmaxRegression.Model, _ modality: Int) -> SoftmaxRegression.Model {
    SoftmaxRegression.Model(weights: spans[modality].lift(model.weights), biases: model.biases)
  }
}
