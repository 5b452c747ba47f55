import Cohort
import Evaluation
import Learning
import LinearAlgebra
import NeuralNetwork

/// Measures every ordered pair of one draw.
struct GateMeasurement {
  /// Values of ``GateRow/keys`` up to the teacher.
  let key: [String]
  private let linear: LinearDistillation
  private let criteria: TeachingCriteria
  private let testCoordinates: [Matrix]
  private let testRows: [[Int]]
  private let testLabels: [Int]

  init(
    key: [String], training: TrainingView, test: PatientTable, testLabels: [Int],
    streams: RandomStreams, relations: RelationChoice
  ) throws {
    self.key = key
    self.testLabels = testLabels
    linear = try LinearDistillation(training, FitContext(streams: streams), relations)
    criteria = try TeachingCriteria(linear)
    let extended = linear.features.extended(to: test)
    let heads = linear.heads
    testCoordinates = zip(heads.spans, extended.features).map { $0.project($1) }
    testRows = extended.isMeasured.map { flags in flags.indices.filter { flags[$0] } }
  }

  /// Rows of all pairs and of the control, by student, then teacher.
  func rows() throws -> [GateRow] {
    let names = linear.features.modalities
    return try names.indices.flatMap { s in
      try names.indices.map { t in
        try t == s ? control(s) : pair(teacher: t, student: s)
      }
    }
  }

  private func control(_ s: Int) throws -> GateRow {
    var row = emptyRow(teacher: s, student: s)
    if !linear.supply.pairs(s, s).isEmpty {
      let taught = score(try linear.trainer(teacher: s, student: s).student(), s)
      row.values["hard_f1"] = taught.macroF1
      row.values["hard_loss"] = taught.loss
    }
    return row
  }

  private func pair(teacher t: Int, student s: Int) throws -> GateRow {
    var row = emptyRow(teacher: t, student: s)
    let labels = score(try onLabelsAlone(teacher: t, student: s), s)
    row.values["labels_f1"] = labels.macroF1
    row.values["labels_loss"] = labels.loss
    let evidence = try linear.evidence(teacher: t, student: s, for: .complementarity)
    row.values["common"] = Double(evidence.commonCount)
    row.values["unlabelled"] = Double(evidence.unlabelledCount)
    row.values["i_ts"] = evidence.teacherStudent
    row.values["i_sy"] = evidence.studentLabel
    row.values["i_ty"] = evidence.teacherLabel
    row.values["se"] = evidence.differenceStandardError
    row.values["skill"] = evidence.skill.value
    row.values["skill_se"] = evidence.skill.standardError
    row.values["reliable"] = evidence.isReliable ? 1 : 0
    row.values["sufficient"] = evidence.isSufficient ? 1 : 0
    row.values["gap_se"] = criteria.gapError(teacher: t, student: s)
    row.values["i_joint"] = criteria.jointInformation(teacher: t, student: s)
    if let classes = criteria.classInformation(teacher: t, student: s) {
      row.values["i_class"] = classes.taught
      row.values["ross_sy"] = classes.label
    }
    let risk = criteria.riskReduction(
      teacher: t, student: s, unlabelled: evidence.unlabelledCount)
    row.values["risk_pairs"] = risk.pairs
    row.values["risk_labels"] = risk.labels
    guard evidence.unlabelledCount > 0 else { return row }
    let trainer = linear.trainer(teacher: t, student: s)
    for (name, lesson) in [("hard", StudentTrainer.Lesson.classes), ("soft", .posteriors)] {
      let taught = score(try trainer.student(lesson), s)
      row.values["\(name)_f1"] = taught.macroF1
      row.values["\(name)_loss"] = taught.loss
    }
    let taught = try trainer.outOfFold()
    let trial = try linear.trial(student: s, taught: taught)
    row.values["trial_f1"] = trial.value
    row.values["trial_f1_se"] = trial.standardError
    let loss = trialLoss(taught, s)
    row.values["trial_loss"] = loss.value
    row.values["trial_loss_se"] = loss.standardError
    return row
  }

  private func emptyRow(teacher t: Int, student s: Int) -> GateRow {
    let names = linear.features.modalities
    var row = GateRow(key: key + [names[t], names[s]])
    let plain = score(linear.heads.heads[s], s)
    let labelled = linear.labelled
    var shares = [Double](repeating: 0, count: labelled.classCount)
    for label in labelled.labels { shares[label] += 1 / Double(labelled.labels.count) }
    row.values["classes"] = Double(labelled.classCount)
    row.values["labelled"] = Double(labelled.labels.count)
    row.values["tested"] = Double(testRows[s].count)
    row.values["entropy"] = shares.reduce(0) { $1 > 0 ? $0 - $1 * logarithm($1) : $0 }
    row.values["base_f1"] = plain.macroF1
    row.values["base_loss"] = plain.loss
    row.values["student_f1"] = linear.heads.signals[s].macroF1
    row.values["teacher_f1"] = linear.heads.signals[t].macroF1
    return row
  }

  /// Macro-F1 and log loss on test patients who have the student's modality.
  private func score(
    _ model: SoftmaxRegression.Model, _ s: Int
  ) -> (macroF1: Double, loss: Double?) {
    let posteriors = softmaxRows(model.logits(testCoordinates[s].selecting(rows: testRows[s])))
    let truth = testRows[s].map { testLabels[$0] }
    return (
      macroF1(
        truth: truth, predicted: argmaxRows(posteriors), classCount: posteriors.columnCount),
      logLoss(truth: truth, probabilities: posteriors)
    )
  }

  /// The paper's form: labelled targets mixed with the teacher's calibrated out-of-fold posterior by
  /// λ = ½, no unlabelled patient.
  private func onLabelsAlone(teacher t: Int, student s: Int) throws -> SoftmaxRegression.Model {
    let labelled = linear.labelled
    var targets = labelled.targets
    for i in 0..<targets.rowCount where linear.readings.isMeasured[t][i] {
      for c in 0..<targets.columnCount {
        targets[i, c] = 0.5 * targets[i, c] + 0.5 * linear.readings.posteriors[t][i, c]
      }
    }
    return try SoftmaxRegression(
      penalty: ModalityHeads.penaltyNumerator / Double(labelled.rows.count)
    ).fit(
      features: linear.heads.coordinates[s], targets: targets,
      rowWeights: labelled.balancedWeights(of: labelled.everything))
  }

  /// Class-balanced log loss saved out of fold, each side tempered, with its standard error.
  private func trialLoss(
    _ taught: Matrix, _ s: Int
  ) -> DistillationEvidence.Difference {
    let labelled = linear.labelled
    let weights = labelled.balancedWeights(of: labelled.everything)
    let tempered = Temperature(fitting: taught, labels: labelled.labels, rowWeights: weights)
      .probabilities(taught)
    let rows = linear.readings.commonRows(s, s)
    let total = orderedSum(rows.map { weights[$0] })
    let terms = rows.map { i in
      let label = labelled.labels[i]
      return weights[i] / total
        * (logarithm(max(tempered[i, label], 1e-12))
          - logarithm(max(linear.readings.posteriors[s][i, label], 1e-12)))
    }
    let value = orderedSum(terms)
    let spread = zip(rows, terms).map { i, term in
      let residual = term - weights[i] / total * value
      return residual * residual
    }
    return DistillationEvidence.Difference(
      value, standardError: orderedSum(spread).squareRoot())
  }
}
