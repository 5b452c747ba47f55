import Cohort
import LinearAlgebra

/// The whole method with the defaults that measured best: linear relational heads on the
/// SNF-fused patient graph, signals out of fold, distillation where it is plausible, joint training
/// with balanced losses and informed emphasis, and an average of five posteriors that does no harm,
/// joined by four on leading components, which unlabelled patients help to find.
public struct EquipoiseLearner: Learner {
  /// Method name.
  public let name: String
  /// Switches of this variant.
  public let configuration: EquipoiseConfiguration

  /// A variant of the method under a name.
  public init(name: String, configuration: EquipoiseConfiguration) {
    self.name = name
    self.configuration = configuration
  }

  /// Fits can be kept.
  public var storedForm: (any StorableLearner.Type)? { FittedEquipoise.self }

  /// Fits the members on the training patients; see the type.
  ///
  /// - Throws: ``LearningError`` `.noUsableModality` if every modality is unmeasured or constant in
  ///   the training patients.
  public func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let prepared = context.store.value("prepared") { StandardizedModalities(training, context) }
    guard !prepared.reading.modalities.isEmpty else {
      throw LearningError(
        code: .noUsableModality, location: name,
        found: training.table.modalities.map(\.name).joined(separator: ", "),
        expected: "a modality that varies among the training patients")
    }
    let whole = try EquipoiseFit(training, context, configuration)
    let patterns =
      configuration.imputesMissing && configuration.answer == .average
        && prepared.reading.modalities.count > 1
      ? MissingPatterns(training: training, context: context, configuration: configuration) : nil
    return FittedEquipoise(
      fits: FittedFits(fit: whole, patterns: patterns), modalities: prepared.reading.modalities,
      prior: training.labelledPrior, record: whole.record)
  }
}

extension TrainingView {
  /// Class frequencies of the labelled training patients.
  var labelledPrior: [Double] {
    var counts = [Double](repeating: 0, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let total = counts.reduce(0, +)
    return counts.map { $0 / max(total, 1) }
  }
}
