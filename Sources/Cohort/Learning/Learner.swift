import LinearAlgebra

/// A method that can be trained on a ``TrainingView`` and then predicts any patients.
///
/// Ours, rivals and classical baselines all compete through this door.
public protocol Learner: Sendable {
  /// Method name as in `results.csv`, for example `logistic:mrna`.
  var name: String { get }

  /// Fits on training patients only.
  ///
  /// Must depend on nothing but `training` and the named streams of `context`.
  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner

  /// What its fits are read back as from a model file; nil if they cannot be kept in one.
  var storedForm: (any StorableLearner.Type)? { get }
}

extension Learner {
  /// Fits cannot be kept, unless a method says otherwise.
  public var storedForm: (any StorableLearner.Type)? { nil }
}

/// A fitted method. A patient's prediction never depends on the other patients of the table.
public protocol FittedLearner: Sendable {
  /// Class probabilities of each patient of `patients` (modalities by name; a modality absent from
  /// the table counts as not measured).
  func predict(_ patients: PatientTable) throws -> Predictions

  /// What was decided on the way: weights, gates, distillation; nil if there is nothing to tell.
  var record: FitRecord? { get }
}

extension FittedLearner {
  /// Nothing to tell, unless a learner says otherwise.
  public var record: FitRecord? { nil }
}

/// Class probabilities for a set of patients.
public struct Predictions: Equatable, Sendable {
  /// Patients × classes; rows sum to 1.
  public let probabilities: Matrix

  /// Creates predictions from a patients × classes matrix.
  public init(probabilities: Matrix) {
    self.probabilities = probabilities
  }

  /// Most probable class of each patient; the lowest index on ties.
  public var classes: [Int] { argmaxRows(probabilities) }
}
