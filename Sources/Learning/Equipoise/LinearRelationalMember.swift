import Cohort
import LinearAlgebra
import NeuralNetwork

/// Heads, late pooling and joint model on one choice of relations: two posteriors of the answer,
/// and that of its best single modality.
struct LinearRelationalMember: Sendable {
  /// What was decided, for the report.
  let record: FitRecord

  private let features: RelationalFeatures
  private let heads: [SoftmaxRegression.Model]
  private let students: [DistillationStage.Student?]
  private let pooling: LatePooling
  private let joint: [SoftmaxRegression.Model]
  private let emphasis: [Double]
  /// Modalities from the largest out-of-fold macro-F1 down, ties in cohort order.
  private let ranking: [Int]

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
    heads = try features.modalities.indices.map { m in
      guard distillation?.softTargets[m] != nil else {
        return fitted.lifted(fitted.heads[m], m)
      }
      let taught = try SoftmaxRegression(penalty: penalty).fit(
        features: fitted.coordinates[m], targets: headTargets[m], rowWeights: rowWeights)
      return fitted.lifted(taught, m)
    }
    students = distillation?.students ?? features.modalities.map { _ in nil }
    pooling = store.value("late-pooling/\(choice)") {
      LatePooling.fit(
        logPosteriors: fitted.outOfFold, isMeasured: Self.everyone(fitted.outOfFold),
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
    joint = jointModel.heads.indices.map { fitted.lifted(jointModel.heads[$0], $0) }
    emphasis = guidance.emphasis
    ranking = features.modalities.indices.sorted {
      let (first, second) = (fitted.signals[$0].macroF1, fitted.signals[$1].macroF1)
      return first != second ? first > second : $0 < $1
    }
    self.features = features
    record = FitRecord(
      modalities: features.modalities.indices.map { m in
        FitRecord.Modality(
          name: features.modalities[m], macroF1: fitted.signals[m].macroF1,
          informativeness: fitted.signals[m].informativeness, emphasis: guidance.emphasis[m],
          weights: guidance.weightRounds.map { $0[m] })
      },
      distillation: distillation?.decisions ?? [])
  }

  /// What the member says of some patients.
  struct Posteriors {
    /// Of the heads by learned late fusion, patients × classes.
    var late: Matrix
    /// Of the joint model.
    var joint: Matrix
    /// Of each patient's best measured modality alone.
    var bestSingle: Matrix
    /// Which modalities each patient has.
    var isMeasured: [[Bool]]
  }

  /// Posteriors of patients; a row depends on that patient alone.
  func posteriors(_ patients: PatientTable) -> Posteriors {
    let (rows, isMeasured) = features.extended(to: patients)
    return posteriors(rows, isMeasured)
  }

  /// Posteriors of the training patients themselves.
  func trainingPosteriors(_ rows: [Int]) -> Posteriors {
    posteriors(
      features.features.map { $0.selecting(rows: rows) },
      features.isMeasured.map { flags in rows.map { flags[$0] } })
  }

  private func posteriors(_ rows: [Matrix], _ isMeasured: [[Bool]]) -> Posteriors {
    var fused = Matrix(
      rows: rows.first?.rowCount ?? 0, columns: joint.first?.biases.count ?? 0)
    var logPosteriors: [Matrix] = []
    for m in rows.indices {
      fused.add(joint[m].logits(rows[m]), times: emphasis[m])
      var logits = heads[m].logits(rows[m])
      if let student = students[m] {
        let taught = student.head.logits(rows[m])
        for i in 0..<logits.rowCount where isMeasured[m][i] && !isMeasured[student.teacher][i] {
          logits.setRow(i, taught.row(i))
        }
      }
      logPosteriors.append(logSoftmaxRows(logits))
    }
    var best = fused
    for i in 0..<best.rowCount {
      let m = ranking.first { isMeasured[$0][i] } ?? ranking[0]
      best.setRow(i, logPosteriors[m].row(i).map(exponential))
    }
    return Posteriors(
      late: pooling.pool(logPosteriors, isMeasured: Self.everyone(logPosteriors)),
      joint: softmaxRows(fused), bestSingle: best, isMeasured: isMeasured)
  }

  /// Every head takes part for every patient: where a modality is missing it hears the neighbors.
  private static func everyone(_ posteriors: [Matrix]) -> [[Bool]] {
    posteriors.map { [Bool](repeating: true, count: $0.rowCount) }
  }
}
