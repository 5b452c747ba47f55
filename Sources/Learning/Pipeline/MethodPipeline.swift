import Cohort
import LinearAlgebra

/// Which preset of the pipeline a method is: its backbone with switches and constants.
public enum MethodConfiguration: Hashable, Sendable {
  /// Linear heads on own values and those of neighbors, converged; an average of several passes.
  case linear(EquipoiseConfiguration)
  /// Relational layers with hidden units, trained by gradient steps; a single pass.
  case network(RelationalNetworkConfiguration)
}

/// Every method of this project: `equipoise`, `joint`, `paper`, `snf-gcn`, `gcn:*`, all balancers and
/// all ablations are presets (``PipelineMethods``) of one pipeline.
///
/// 1. *Prepare*: filter, impute, select and standardize every modality on the training patients
///    (``PreparedModalities``).
/// 2. *Patient graph*: neighbors within each modality, A_own, and in the graph fused by similarity
///    network fusion, A_fused; what a modality's head sees of a patient is built along them, and is
///    [X, A_own X, A_fused X] in the linear path (``RelationalFeatures``, ``GraphInputs``).
/// 3. *Signals*: predictions out of inner folds give each modality's macro-F1 and its mutual
///    information with the label (``ModalityHeads``, ``NetworkSignals``).
/// 4. *Distillation*: evidence on every ordered pair of modalities becomes a decision on who teaches
///    whom (``DistillationEvidence``, ``DistillationRule``).
/// 5. *Guidance*: information sets the fusion emphasis, information and macro-F1 the loss weights
///    (``Guidance``, ``NetworkGuidance``).
/// 6. *Balanced training* of all heads together with their gated fusion (``JointModel``,
///    ``JointTraining``).
/// 7. *Answer*: probabilities of any patient, alone or in a batch to the same bits
///    (``EquipoiseFit``, ``FittedRelationalNetwork``).
///
/// Stages 3 to 6 are the functions of a ``Backbone``, called in that order by ``Backbone/passed()``.
/// Their equations are in docs/methods/.
public struct PipelineLearner: Learner {
  /// Method name.
  public let name: String
  /// Backbone, switches and constants.
  public let configuration: MethodConfiguration

  /// A preset of the pipeline under a method name.
  public init(name: String, configuration: MethodConfiguration) {
    self.name = name
    self.configuration = configuration
  }

  /// Fits of the linear path can be kept in a model file.
  public var storedForm: (any StorableLearner.Type)? {
    if case .linear = configuration { FittedEquipoise.self } else { nil }
  }

  /// Runs the pipeline on the training patients; see the type.
  ///
  /// - Complexity: linear path: a factorization of order n for each modality and member. Networks:
  ///   O(epochs · n d · width), as much again for out-of-fold signals.
  /// - Throws: ``LearningError`` `.noUsableModality` if every modality is unmeasured or constant in
  ///   the training patients; of a network also `.singleClass` and `.unknownModality`.
  public func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    try fit(training, context) { _, _ in }
  }

  /// The same fit, watched.
  ///
  /// - Parameter observing: called at every look at a network in joint training with the balancer
  ///   after it; never by the linear path, whose fits converge.
  package func fit(
    _ training: TrainingView, _ context: FitContext,
    observing: @escaping (JointLook, any Balancer) -> Void
  ) throws -> any FittedLearner {
    switch configuration {
    case .linear(let configuration): return try linearPath(training, context, configuration)
    case .network(let configuration):
      // One pass: its fused answer is the method's.
      let inputs = try NetworkSetting(name, training, context, configuration)
      return try NetworkBackbone(inputs, observing: observing).passed()
    }
  }

  /// The average of several passes (``EquipoiseFit``), and, for patients who lack modalities, the
  /// same on training patients as they would look without them.
  private func linearPath(
    _ training: TrainingView, _ context: FitContext, _ configuration: EquipoiseConfiguration
  ) throws -> FittedEquipoise {
    let prepared = PreparedPatients.shared(training, context)
    let names = prepared.modalities.modalities
    guard !names.isEmpty else {
      throw LearningError(
        code: .noUsableModality, location: name,
        found: training.table.modalities.map(\.name).joined(separator: ", "),
        expected: "a modality that varies among the training patients")
    }
    let whole = try EquipoiseFit(training, context, prepared, configuration)
    let refits =
      configuration.imputesMissing && configuration.answer == .average && names.count > 1
    return FittedEquipoise(
      fits: FittedFits(
        fit: whole,
        patterns: refits
          ? MissingPatterns(
            training: training, context: context, prepared: prepared,
            configuration: configuration) : nil),
      modalities: names, prior: training.classShares, record: whole.record)
  }
}
