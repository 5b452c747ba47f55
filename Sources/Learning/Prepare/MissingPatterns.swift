import Cohort
import LinearAlgebra

/// The method fitted anew for patients who lack the same modalities: on the training patients as they
/// would look without them.
///
/// A pattern is fitted when the first patient with it is predicted, and kept; its answers depend on
/// the training patients and the pattern alone.
struct MissingPatterns: Sendable {
  let training: TrainingView
  let context: FitContext
  let prepared: PreparedPatients
  let configuration: EquipoiseConfiguration

  /// A pattern under one configuration.
  private struct Key: SharedKey {
    typealias Value = EquipoiseFit
    let prepared: PreparedPatients.Key
    let configuration: EquipoiseConfiguration
    let gate: String?
    let innerFolds: Int
  }

  /// The method for patients without the modalities at these positions.
  func fit(_ missing: [Int]) throws -> EquipoiseFit {
    let preparedKey = PreparedPatients.Key(options: context.preprocessing, missing: missing)
    let key = Key(
      prepared: preparedKey, configuration: configuration, gate: context.gate,
      innerFolds: context.innerFolds)
    return try context.store.value(key) {
      // Variants of the method share what they have in common under a pattern, as they do without.
      let imputed = try context.store.value(preparedKey) { try self.imputed(missing) }
      return try EquipoiseFit(training, context, imputed, configuration)
    }
  }

  /// The same, made anew and not kept in the fold's store.
  func fitUnshared(_ missing: [Int]) throws -> EquipoiseFit {
    let passing = FitContext(
      streams: context.streams, store: SharedStore(), preprocessing: context.preprocessing,
      innerFolds: context.innerFolds, gate: context.gate)
    return try EquipoiseFit(training, passing, imputed(missing), configuration)
  }

  /// The training patients as they would look.
  private func imputed(_ missing: [Int]) throws -> PreparedPatients {
    try prepared.imputing(
      Set(missing), trainingCount: training.trainingCount, streams: context.streams)
  }
}
