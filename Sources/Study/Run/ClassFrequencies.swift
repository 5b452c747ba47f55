import Cohort
import LinearAlgebra

/// The answer of a method that a setting has left nothing to learn from: the class frequencies of the
/// labelled training patients, as a patient without any modality gets.
struct ClassFrequencies: FittedLearner {
  private let shares: [Double]

  init(_ training: TrainingView) {
    var counts = [Double](repeating: 0, count: training.classCount)
    for label in training.labels where label >= 0 { counts[label] += 1 }
    let total = max(counts.reduce(0, +), 1)
    shares = counts.map { $0 / total }
  }

  func predict(_ patients: PatientTable) throws -> Predictions {
    Predictions(
      probabilities: Matrix(
        rows: patients.patientCount, columns: shares.count,
        values: (0..<patients.patientCount).flatMap { _ in shares }))
  }
}
