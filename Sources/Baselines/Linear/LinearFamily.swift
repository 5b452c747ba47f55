import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Rows that a classifier is fitted on.
package struct LabelledRows: Sendable {
  /// Rows × features, finite.
  package let features: Matrix
  /// Class of each row, ≥ 0.
  package let labels: [Int]
  /// Number of classes; each has a row, except in ``LinearFamily/candidatesForSeenClasses(_:)``.
  package let classCount: Int

  /// Creates rows.
  package init(features: Matrix, labels: [Int], classCount: Int) {
    precondition(features.rowCount == labels.count, "one label per row")
    self.features = features
    self.labels = labels
    self.classCount = classCount
  }
}

/// A way to a linear map from features to class logits.
package protocol LinearFamily: Sendable {
  /// First part of the method name, for example `logistic`.
  var name: String { get }
  /// Whether a choice among candidates, or their calibration, needs inner out-of-fold logits.
  var isChosenOutOfFold: Bool { get }

  /// Number of candidate models.
  var candidateCount: Int { get }

  /// Candidate models, in a fixed order.
  func candidates(_ rows: LabelledRows) throws -> [SoftmaxRegression.Model]

  /// Picks a candidate from inner out-of-fold logits (rows × classes for each candidate), and the
  /// temperature its logits are divided by.
  func choose(outOfFold: [Matrix], labels: [Int]) -> (candidate: Int, temperature: Double)

  /// Weight of each row where posteriors of this family are pooled; they sum to 1.
  func rowWeights(labels: [Int], classCount: Int) -> [Double]
}

extension LinearFamily {
  /// A single model, used as it is, unless a family says otherwise.
  package var isChosenOutOfFold: Bool { false }
  /// One, unless a family says otherwise.
  package var candidateCount: Int { 1 }
  /// The first candidate as it is, unless a family says otherwise.
  package func choose(
    outOfFold: [Matrix], labels: [Int]
  ) -> (candidate: Int, temperature: Double) { (0, 1) }
  /// Every class counts the same, unless a family says otherwise.
  package func rowWeights(labels: [Int], classCount: Int) -> [Double] {
    ClassWeighting.balanced.rowWeights(labels: labels, classCount: classCount)
  }

  /// Candidates over all `classCount` classes where some of them may have no row.
  ///
  /// - Parameter unseenOffset: logit of a class without a row less the mean of the others. By default
  ///   the class never wins and its probability is about e⁻³⁰ at most. It is 0 where the class occurs
  ///   among patients who lack the modality: the rows are silent about it, and so is the model.
  package func candidatesForSeenClasses(
    _ rows: LabelledRows, unseenOffset: Double = -30
  ) throws -> [SoftmaxRegression.Model] {
    let seen = Set(rows.labels).sorted()
    if seen.count == rows.classCount, seen.count > 1 { return try candidates(rows) }
    let models: [SoftmaxRegression.Model]
    if seen.count < 2 {
      // One class leaves nothing to choose between: all candidates agree.
      let nothing = SoftmaxRegression.Model(
        weights: Matrix(rows: rows.features.columnCount, columns: seen.count),
        biases: seen.map { _ in 0 })
      models = [SoftmaxRegression.Model](repeating: nothing, count: candidateCount)
    } else {
      var position = [Int](repeating: 0, count: rows.classCount)
      for (index, label) in seen.enumerated() { position[label] = index }
      models = try candidates(
        LabelledRows(
          features: rows.features, labels: rows.labels.map { position[$0] },
          classCount: seen.count))
    }
    return models.map {
      $0.expanded(to: rows.classCount, seen: seen, offset: unseenOffset)
    }
  }
}

extension SoftmaxRegression.Model {
  /// The model with its logits divided by `temperature`.
  func divided(by temperature: Double) -> SoftmaxRegression.Model {
    temperature == 1
      ? self
      : SoftmaxRegression.Model(
        weights: weights.mapValues { $0 / temperature }, biases: biases.map { $0 / temperature })
  }
}
