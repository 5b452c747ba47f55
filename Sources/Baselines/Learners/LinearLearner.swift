import Cohort
import LinearAlgebra
import NeuralNetwork

/// One family on one input.
struct LinearLearner: Learner {
  let family: any LinearFamily
  let input: FeatureInput

  var name: String { "\(family.name):\(input.name)" }

  /// Clinical columns have no place in a model file yet.
  var storedForm: (any StorableLearner.Type)? {
    input == .clinical ? nil : FittedLinear.self
  }

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let fits = FoldFits(training, context)
    return FittedLinear(
      prepared: fits.prepared(input), model: try fits.model(family, input), seen: fits.seen,
      frequencies: fits.classFrequencies)
  }
}

/// A linear model of one input. A patient who has nothing of it gets the class frequencies of the
/// labelled training patients.
struct FittedLinear: FittedLearner {
  let prepared: PreparedInput
  let model: SoftmaxRegression.Model
  let seen: SeenClasses
  /// Of the labelled training patients, over seen classes; nil in a model of an earlier version,
  /// which answers with its biases.
  let frequencies: [Double]?

  func predict(_ patients: PatientTable) throws -> Predictions {
    var result = softmaxRows(logits(patients))
    if let frequencies {
      let isMeasured = prepared.isMeasured(patients)
      for i in 0..<result.rowCount where !isMeasured[i] { result.setRow(i, frequencies) }
    }
    return Predictions(probabilities: seen.expand(result))
  }

  /// Patients × seen classes.
  func logits(_ patients: PatientTable) -> Matrix { model.logits(prepared.features(patients)) }
}
