import Cohort
import LinearAlgebra

/// The method fitted anew for patients who lack the same modalities: on the training patients as they
/// would look without them.
///
/// A pattern is fitted when the first patient with it is predicted, and kept; what it says depends on
/// the training patients and the pattern alone.
struct MissingPatterns: Sendable {
  let training: TrainingView
  let context: FitContext
  let configuration: EquipoiseConfiguration

  /// The method for patients without the modalities at these positions.
  func fit(_ missing: [Int]) throws -> EquipoiseFit {
    let key = "missing/\(missing.map(String.init).joined(separator: ","))/\(configuration)"
    return try context.store.value(key) {
      let prepared = context.store.value("prepared") {
        StandardizedModalities(training, context)
      }
      let store = SharedStore()
      _ = try store.value("prepared") {
        try prepared.imputing(
          Set(missing), trainingCount: training.trainingCount, streams: context.streams)
      }
      return try EquipoiseFit(
        training,
        FitContext(
          streams: context.streams, store: store, preprocessing: context.preprocessing,
          innerFolds: context.innerFolds, gate: context.gate), configuration)
    }
  }
}
