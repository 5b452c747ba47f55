import Cohort
import Study

/// What a model is trained with; everything that it depends on beside the cohort.
public struct TrainingOptions: Codable, Equatable, Sendable {
  /// Method name, as in `results.csv`. Default `equipoise`.
  public var method = "equipoise"
  /// What becomes of patients without a label. Default: they are used.
  public var unlabelled = UnlabelledUse.use
  /// Distillation gate; nil: the method's own.
  public var gate: String?
  /// Seed of all random streams. Default 1.
  public var seed: UInt64 = 1
  /// Preparation of features.
  public var preprocessing = PreprocessingOptions()
  /// Inner folds for out-of-fold signals of the method, ≥ 2. Default 5.
  public var innerFolds = 5
  /// Folds whose held-out predictions calibrate the model and tell how good it is, ≥ 2. Default 5.
  public var folds = 5

  /// Whether the model holds no row of a patient: students of the method in place of its fit.
  public var isShareSafe = false

  /// The defaults.
  public init() {}

  /// - Throws: ``ModelError`` `.badOption`; `StudyError` `.badOption` for an unknown gate.
  package func check() throws {
    for (name, value) in [("folds", folds), ("innerFolds", innerFolds)] where value < 2 {
      throw ModelError(.badOption, at: name, found: "\(value)", expected: "at least 2")
    }
    if let gate, !StudyOptions.gates.contains(gate) {
      throw ModelError(
        .badOption, at: "gate", found: gate,
        expected: "one of \(StudyOptions.gates.joined(separator: ", "))")
    }
    guard preprocessing.clip > 0, preprocessing.keep >= 1 else {
      throw ModelError(.badOption, at: "preprocessing", expected: "clip above 0, keep from 1")
    }
  }
}
