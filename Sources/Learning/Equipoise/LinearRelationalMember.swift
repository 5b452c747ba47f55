import Cohort
import LinearAlgebra
import NeuralNetwork

/// Heads, late pooling and joint model on one choice of relations: two posteriors of the answer,
/// and that of its best single modality.
struct LinearRelationalMember: Sendable {
  /// What was decided, for the report.
  let record: FitRecord

  /// What predicts.
  let served: ServedMember

  /// What places the patients that it predicts.
  let placement: PatientPlacement

  init(
    _ training: TrainingView, _ context: FitContext, _ labelled: LabelledRows,
    _ choice: RelationChoice, _ configuration: EquipoiseConfiguration,
    input: HeadInput = .values
  ) throws {
    let store = context.store
    let choice = RelationalKey(choice: choice, input: input)
    let features = try store.value("relational-features/\(choice)") {
      try RelationalFeatures(training, context, choice.choice, input: input)
    }
    let fitted = try store.value("modality-heads/\(choice)") {
      try ModalityHeads(features, labelled)
    }
    let rule = DistillationRule(gate: context.gate, default: .automatic)
    let distillation =
      configuration.usesDistillation
      ? try store.value("distillation/\(choice)/\(rule)") {
        try DistillationStage(
          LinearDistillation(features, fitted, labelled, training, context.streams), rule: rule)
      } : nil
    let rowWeights = labelled.balancedWeights(of: labelled.everything)
    let penalty = ModalityHeads.penaltyNumerator / Double(labelled.rows.count)
    let targets = labelled.targets
    let headTargets = features.modalities.indices.map {
      distillation?.softTargets[$0] ?? targets
    }
    let heads = try features.modalities.indices.map { m in
      guard distillation?.softTargets[m] != nil else {
        return fitted.lifted(fitted.heads[m], m)
      }
      let taught = try SoftmaxRegression(penalty: penalty).fit(
        features: fitted.coordinates[m], targets: headTargets[m], rowWeights: rowWeights)
      return fitted.lifted(taught, m)
    }
    let students = distillation?.students ?? features.modalities.map { _ in nil }
    let pooling = store.value("late-pooling/\(choice)") {
      LatePooling.fit(
        logPosteriors: fitted.outOfFold, isMeasured: ServedMember.everyone(fitted.outOfFold),
        labels: labelled.labels, rowWeights: rowWeights)
    }
    let guidance = Guidance(fitted.signals, configuration, context.streams)
    let taughtBy = distillation?.softTargets.contains { $0 != nil } == true ? "\(rule)" : "none"
    let key = "joint/\(choice)/\(guidance.emphasis)/\(guidance.lossWeights)/\(taughtBy)"
    let jointModel = store.value(key) {
      JointModel(
        coordinates: fitted.coordinates, targets: targets, headTargets: headTargets,
        rowWeights: rowWeights, emphasis: guidance.emphasis, lossWeights: guidance.lossWeights,
        penalty: penalty)
    }
    served = ServedMember(
      input: features.input, heads: heads, students: students, pooling: pooling,
      joint: jointModel.heads.indices.map { fitted.lifted(jointModel.heads[$0], $0) },
      emphasis: guidance.emphasis,
      ranking: features.modalities.indices.sorted {
        let (first, second) = (fitted.signals[$0].macroF1, fitted.signals[$1].macroF1)
        return first != second ? first > second : $0 < $1
      })
    placement = features.placement
    record = FitRecord(
      modalities: features.modalities.indices.map { m in
        FitRecord.Modality(
          name: features.modalities[m], macroF1: fitted.signals[m].macroF1,
          informativeness: fitted.signals[m].informativeness, emphasis: guidance.emphasis[m],
          weights: guidance.weightRounds.map { $0[m] })
      },
      distillation: distillation?.decisions ?? [])
  }
}
