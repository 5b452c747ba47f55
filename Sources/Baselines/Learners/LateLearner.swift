import Cohort
import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Late fusion of one family's single-modality models over the modalities that a patient has.
///
/// Either the mean of their posteriors, or p ∝ exp Σ_m v_m log p_m with v ≥ 0 learned on inner
/// out-of-fold log-posteriors. A patient without any modality gets the training frequencies.
struct LateLearner: Learner {
  let family: any LinearFamily
  let isLearned: Bool

  var name: String { "\(family.name):\(isLearned ? "late-learned" : "late")" }

  var storedForm: (any StorableLearner.Type)? { FittedLate.self }

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let fits = FoldFits(training, context)
    let members = try training.table.modalities.map { modality in
      let input = FeatureInput.modality(modality.name)
      return LateMember(
        name: modality.name,
        fitted: FittedLinear(
          prepared: fits.prepared(input), model: try fits.model(family, input), seen: fits.seen))
    }
    let learned = isLearned && !members.isEmpty ? try pooling(of: members, fits) : nil
    return FittedLate(
      members: members, pooling: learned?.pooling, seen: fits.seen,
      classFrequencies: fits.classFrequencies, record: learned?.record)
  }

  /// Weights learned out of fold; the record tells them as emphasis (mean 1), with each modality's
  /// out-of-fold macro-F1.
  private func pooling(
    of members: [LateMember], _ fits: FoldFits
  ) throws -> (pooling: LatePooling, record: FitRecord) {
    let outOfFold = try members.map {
      try fits.outOfFoldLogPosteriors(family, .modality($0.name))
    }
    // Inner folds are shared by all modalities, and so are the rows that can be judged.
    let judged = outOfFold.first?.judged ?? []
    let labels = judged.map { fits.labels[$0] }
    let logPosteriors = outOfFold.map { $0.logPosteriors.selecting(rows: judged) }
    let patients = fits.labelledPatients.selecting(rows: judged)
    let pooling = LatePooling.fit(
      logPosteriors: logPosteriors, isMeasured: members.map { $0.isMeasured(patients) },
      labels: labels, rowWeights: family.rowWeights(labels: labels, classCount: fits.classCount))
    let mean = pooling.weights.reduce(0, +) / Double(max(members.count, 1))
    let modalities = members.indices.map { m in
      FitRecord.Modality(
        name: members[m].name,
        macroF1: ConfusionMatrix(
          truth: labels, predicted: argmaxRows(logPosteriors[m]), classCount: fits.classCount
        ).macroF1,
        emphasis: pooling.weights[m] / mean)
    }
    return (pooling, FitRecord(modalities: modalities))
  }
}

struct LateMember: Sendable {
  let name: String
  let fitted: FittedLinear

  func isMeasured(_ patients: PatientTable) -> [Bool] {
    patients.modalities.first { $0.name == name }?.isMeasured
      ?? [Bool](repeating: false, count: patients.patientCount)
  }
}

struct FittedLate: FittedLearner {
  let members: [LateMember]
  /// nil: plain mean of posteriors.
  let pooling: LatePooling?
  let seen: SeenClasses
  let classFrequencies: [Double]
  let record: FitRecord?

  func predict(_ patients: PatientTable) throws -> Predictions {
    let isMeasured = members.map { $0.isMeasured(patients) }
    let logPosteriors = members.map { logSoftmaxRows($0.fitted.logits(patients)) }
    var result =
      pooling?.pool(logPosteriors, isMeasured: isMeasured)
      ?? mean(logPosteriors, isMeasured: isMeasured, patientCount: patients.patientCount)
    for i in 0..<patients.patientCount where !isMeasured.contains(where: { $0[i] }) {
      result.setRow(i, classFrequencies)
    }
    return Predictions(probabilities: seen.expand(result))
  }

  private func mean(
    _ logPosteriors: [Matrix], isMeasured: [[Bool]], patientCount: Int
  ) -> Matrix {
    var result = Matrix(rows: patientCount, columns: classFrequencies.count)
    for i in 0..<patientCount {
      let present = members.indices.filter { isMeasured[$0][i] }
      for c in 0..<result.columnCount {
        var sum = 0.0
        for m in present { sum += exponential(logPosteriors[m][i, c]) }
        result[i, c] = sum / Double(max(present.count, 1))
      }
    }
    return result
  }
}
