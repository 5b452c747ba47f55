import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation
import NeuralNetwork

/// One converged linear head per modality, fitted on all labelled rows that have it, with the
/// out-of-fold signals that guide everything after it. About a class that none of those rows belongs
/// to a head is neutral.
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
  /// Positions of the labelled rows that have each modality, ascending.
  package let measured: [[Int]]
  /// Signals of each modality.
  package let signals: [HeadSignal]

  /// What heads depend on within a fold.
  struct Key: SharedKey {
    typealias Value = ModalityHeads
    let features: RelationalFeatures.Key
    let innerFolds: Int
  }

  /// Fits the heads of all modalities, each on the labelled rows that have it.
  package init(_ features: RelationalFeatures, _ labelled: LabelledRows) throws {
    let fits = try features.modalities.indices.map { m in
      try ModalityHead(
        features.features[m].selecting(rows: labelled.rows),
        measured: labelled.everything.filter { features.isUsable[m][labelled.rows[$0]] }, labelled)
    }
    spans = fits.map(\.span)
    coordinates = fits.map(\.coordinates)
    heads = fits.map(\.head)
    foldHeads = fits.map(\.foldHeads)
    outOfFold = fits.map(\.outOfFold)
    measured = fits.map(\.measured)
    signals = fits.map { HeadSignal(outOfFold: $0.outOfFold, measured: $0.measured, labelled) }
  }

  /// Per modality, whether each labelled row has it.
  var isMeasured: [[Bool]] {
    measured.map { positions in
      var flags = [Bool](repeating: false, count: outOfFold[0].rowCount)
      for position in positions { flags[position] = true }
      return flags
    }
  }

  /// A head of these coordinates as a map from the full features.
  func lifted(_ model: SoftmaxRegression.Model, _ modality: Int) -> SoftmaxRegression.Model {
    SoftmaxRegression.Model(weights: spans[modality].lift(model.weights), biases: model.biases)
  }
}

/// The fits of one modality.
private struct ModalityHead {
  let span: RowSpan
  let coordinates: Matrix
  let head: SoftmaxRegression.Model
  let foldHeads: [SoftmaxRegression.Model]
  let outOfFold: Matrix
  let measured: [Int]

  /// - Parameters:
  ///   - rows: labelled rows × features.
  ///   - measured: positions of those who have the modality.
  init(_ rows: Matrix, measured: [Int], _ labelled: LabelledRows) throws {
    // Where no labelled row has the modality all heads are zero, in any coordinates.
    let span = try RowSpan(measured.isEmpty ? rows : rows.selecting(rows: measured))
    let inside = span.project(rows)
    func fitted(on positions: [Int]) throws -> SoftmaxRegression.Model {
      let weights = labelled.balancedWeights(of: positions)
      // Where groups leave nobody to fit on, the penalty keeps the head at "cannot tell".
      return try SoftmaxRegression(
        penalty: ModalityHeads.penaltyNumerator / Double(max(positions.count, 1))
      ).fit(
        features: inside.selecting(rows: positions),
        targets: labelled.targets.selecting(rows: positions),
        rowWeights: positions.map { weights[$0] }
      ).silenced(about: labelled.classesWithout(positions))
    }
    let isMeasured = Set(measured)
    var held = Matrix(rows: labelled.rows.count, columns: labelled.classCount)
    foldHeads = try (0..<labelled.innerFoldCount).map { fold in
      let (fitRows, heldRows) = labelled.split(fold)
      let model = try fitted(on: fitRows.filter(isMeasured.contains))
      let posteriors = logSoftmaxRows(model.logits(inside.selecting(rows: heldRows)))
      for (position, row) in heldRows.enumerated() {
        held.setRow(row, posteriors.row(position))
      }
      return model
    }
    head = try fitted(on: measured)
    self.span = span
    coordinates = inside
    outOfFold = held
    self.measured = measured
  }
}
