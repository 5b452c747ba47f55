import Cohort
import LinearAlgebra
import NeuralNetwork

/// The linear path of the pipeline: heads that are linear in B_m = [X, A_own X, A_fused X], each
/// alone and pooled late, and a joint model of all of them, every fit converged.
///
/// Its stages are shared by the methods of a fold as far as they agree in what a stage depends on.
struct LinearBackbone: Backbone {
  let training: TrainingView
  let context: FitContext
  let labelled: LabelledRows
  let configuration: EquipoiseConfiguration
  /// Stage 2: B_m of all patients, along the graphs.
  let features: RelationalFeatures
  private let key: RelationalFeatures.Key

  /// - Parameters:
  ///   - prepared: stage 1.
  ///   - choice: relations that the heads see.
  ///   - input: what they see of a modality.
  init(
    _ training: TrainingView, _ context: FitContext, _ prepared: PreparedPatients,
    _ labelled: LabelledRows, _ choice: RelationChoice, _ configuration: EquipoiseConfiguration,
    input: HeadInput = .values
  ) throws {
    self.training = training
    self.context = context
    self.labelled = labelled
    self.configuration = configuration
    key = RelationalFeatures.Key(prepared: prepared.key(context), choice: choice, input: input)
    features = try context.store.value(key) {
      try RelationalFeatures(prepared, training, context, choice, input: input)
    }
  }

  /// Stage 3: heads on all labelled patients and out of fold.
  func signals() throws -> ModalityHeads {
    try context.store.value(ModalityHeads.Key(features: key, innerFolds: context.innerFolds)) {
      try ModalityHeads(features, labelled)
    }
  }

  private var rule: DistillationRule { DistillationRule(gate: context.gate, default: .automatic) }

  /// Stage 4: who teaches whom, with the students that came of it.
  func distillation(_ heads: ModalityHeads) throws -> DistillationStage? {
    guard configuration.usesDistillation else { return nil }
    let key = DistillationStage.Key(features: key, innerFolds: context.innerFolds, rule: rule)
    return try context.store.value(key) {
      try DistillationStage(
        LinearDistillation(features, heads, labelled, training, context.streams), rule: rule)
    }
  }

  /// Stage 5: emphasis and loss weights from the signals.
  func guidance(_ heads: ModalityHeads) -> Guidance {
    Guidance(heads.signals, configuration, context.streams)
  }

  /// Stage 6: the joint model, and the heads, taught ones in their places, pooled late.
  func trained(
    _ fitted: ModalityHeads, _ teaching: DistillationStage?, _ guidance: Guidance
  ) throws -> Trained {
    let rowWeights = labelled.balancedWeights(of: labelled.everything)
    let penalty = ModalityHeads.penaltyNumerator / Double(labelled.rows.count)
    let modalities = features.modalities.indices
    let headTargets = modalities.map { teaching?.softTargets[$0] ?? labelled.targets }
    let ownWeights = fitted.measured.map(labelled.balancedWeights)
    let heads = try modalities.map { m in
      let measured = fitted.measured[m]
      guard teaching?.softTargets[m] != nil, !measured.isEmpty else {
        return fitted.lifted(fitted.heads[m], m)
      }
      let taught = try SoftmaxRegression(
        penalty: ModalityHeads.penaltyNumerator / Double(measured.count)
      ).fit(
        features: fitted.coordinates[m].selecting(rows: measured),
        targets: headTargets[m].selecting(rows: measured),
        rowWeights: measured.map { ownWeights[m][$0] })
      return fitted.lifted(taught.silenced(about: labelled.classesWithout(measured)), m)
    }
    let poolingKey = PoolingKey(
      heads: ModalityHeads.Key(features: key, innerFolds: context.innerFolds))
    let pooling = context.store.value(poolingKey) {
      LatePooling.fit(
        logPosteriors: fitted.outOfFold, isMeasured: fitted.isMeasured,
        labels: labelled.labels, rowWeights: rowWeights)
    }
    let isTaught = teaching?.softTargets.contains { $0 != nil } == true
    let jointKey = JointModel.Key(
      features: key, emphasis: guidance.emphasis, lossWeights: guidance.lossWeights,
      teaching: isTaught ? rule : nil)
    let joint = context.store.value(jointKey) {
      JointModel(
        coordinates: fitted.coordinates, targets: labelled.targets, headTargets: headTargets,
        rowWeights: rowWeights, ownWeights: ownWeights, emphasis: guidance.emphasis,
        lossWeights: guidance.lossWeights, penalty: penalty
      ).silenced(about: fitted.measured.map(labelled.classesWithout))
    }
    return Trained(
      served: ServedMember(
        input: features.input, heads: heads,
        students: teaching?.students ?? modalities.map { _ in nil }, pooling: pooling,
        joint: joint.heads.indices.map { fitted.lifted(joint.heads[$0], $0) },
        emphasis: guidance.emphasis, ranking: ranking(fitted.signals)),
      placement: features.placement, record: record(fitted.signals, teaching, guidance))
  }

  /// What training gives.
  struct Trained: Sendable {
    /// What predicts.
    let served: ServedMember
    /// What places the patients that it predicts.
    let placement: PatientPlacement
    /// What was decided, for the report.
    let record: FitRecord
  }

  private struct PoolingKey: SharedKey {
    typealias Value = LatePooling
    let heads: ModalityHeads.Key
  }

  /// Modalities from the largest out-of-fold macro-F1 down, ties in cohort order.
  private func ranking(_ signals: [HeadSignal]) -> [Int] {
    signals.indices.sorted {
      let (first, second) = (signals[$0].macroF1, signals[$1].macroF1)
      return first != second ? first > second : $0 < $1
    }
  }

  private func record(
    _ signals: [HeadSignal], _ teaching: DistillationStage?, _ guidance: Guidance
  ) -> FitRecord {
    FitRecord(
      modalities: signals.indices.map { m in
        FitRecord.Modality(
          name: features.modalities[m], macroF1: signals[m].macroF1,
          informativeness: signals[m].informativeness, emphasis: guidance.emphasis[m],
          weights: guidance.weightRounds.map { $0[m] })
      },
      distillation: teaching?.decisions ?? [])
  }
}
