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
      prepared: fits.prepared(input), model: try fits.model(family, input), seen: fits.seen)
  }
}

struct FittedLinear: FittedLearner {
  let prepared: PreparedInput
  let model: SoftmaxRegression.Model
  let seen: SeenClasses

  func predict(_ patients: PatientTable) throws -> Predictions {
    Predictions(probabilities: seen.expand(softmaxRows(logits(patients))))
  }

  /// Patients × seen classes.
  func logits(_ patients: PatientTable) -> Matrix { model.logits(prepared.features(patients)) }
}
