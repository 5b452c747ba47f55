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
    let pattern = missing.map(String.init).joined(separator: ",")
    return try context.store.value("missing/\(pattern)/\(configuration)") {
      // Variants of the method share what they have in common under a pattern, as they do without.
      let store = try context.store.value("missing/\(pattern)") { try imputed(missing) }
      return try fit(store)
    }
  }

  /// The same, made anew and not kept in the fold's store.
  func fitUnshared(_ missing: [Int]) throws -> EquipoiseFit { try fit(imputed(missing)) }

  /// A store that begins with the training patients as they would look.
  private func imputed(_ missing: [Int]) throws -> SharedStore {
    let prepared = context.store.value("prepared") { StandardizedModalities(training, context) }
    let store = SharedStore()
    _ = try store.value("prepared") {
      try prepared.imputing(
        Set(missing), trainingCount: training.trainingCount, streams: context.streams)
    }
    return store
  }

  private func fit(_ store: SharedStore) throws -> EquipoiseFit {
    try EquipoiseFit(
      training,
      FitContext(
        streams: context.streams, store: store, preprocessing: context.preprocessing,
        innerFolds: context.innerFolds, gate: context.gate), configuration)
  }
}
