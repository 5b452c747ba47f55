import Cohort
import LinearAlgebra

/// The floor: predicts the class frequencies of labelled training patients for everybody.
struct MajorityLearner: Learner {
  let name = "majority"

  var storedForm: (any StorableLearner.Type)? { FittedMajority.self }

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let fits = FoldFits(training, context)
    let frequencies = Matrix([fits.classFrequencies])
    return FittedMajority(frequencies: Array(fits.seen.expand(frequencies).row(0)))
  }
}

struct FittedMajority: FittedLearner {
  let frequencies: [Double]

  func predict(_ patients: PatientTable) throws -> Predictions {
    Predictions(
      probabilities: Matrix(
        rows: patients.patientCount, columns: frequencies.count,
        values: (0..<patients.patientCount).flatMap { _ in frequencies }))
  }
}
