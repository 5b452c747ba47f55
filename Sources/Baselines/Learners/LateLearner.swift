import Cohort
import Evaluation
import LinearAlgebra
import NeuralNetwork

/// How late fusion hears the single-modality models of the modalities that a patient has.
enum LateRule: String, Sendable {
  /// Mean of their posteriors.
  case mean = "late"
  /// p ∝ exp Σ_m v_m log p_m with v ≥ 0 learned on inner out-of-fold log-posteriors.
  case learned = "late-learned"
  /// That alone which has the highest macro-F1 out of inner folds: an honest choice of one modality.
  case best
}

/// Late fusion of one family's single-modality models over the modalities that a patient has.
///
/// A patient without any modality gets the training frequencies.
struct LateLearner: Learner {
  let family: any LinearFamily
  let rule: LateRule

  var name: String { "\(family.name):\(rule.rawValue)" }

  var storedForm: (any StorableLearner.Type)? { FittedLate.self }

  func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    let fits = FoldFits(training, context)
    let members = try training.table.modalities.map { modality in
      let input = FeatureInput.modality(modality.name)
      return LateMember(
        name: modality.name,
        fitted: FittedLinear(
          prepared: fits.prepared(input), model: try fits.model(family, input), seen: fits.seen,
          frequencies: fits.classFrequencies))
    }
    let (voice, record) = try voice(of: members, fits)
    return FittedLate(
      members: members, voice: voice, seen: fits.seen, classFrequencies: fits.classFrequencies,
      record: record)
  }

  /// What is decided out of fold; the record tells each modality's macro-F1 there, and its weight
  /// (mean 1).
  private func voice(
    of members: [LateMember], _ fits: FoldFits
  ) throws -> (FittedLate.Voice, FitRecord?) {
    guard rule != .mean, !members.isEmpty else { return (.mean, nil) }
    let outOfFold = try members.map {
      try fits.outOfFoldLogPosteriors(family, .modality($0.name))
    }
    // Inner folds are shared by all modalities, and so are the rows that can be judged.
    let judged = outOfFold.first?.judged ?? []
    let labels = judged.map { fits.labels[$0] }
    let logPosteriors = outOfFold.map { $0.logPosteriors.selecting(rows: judged) }
    let macroF1 = outOfFold.map {
      ConfusionMatrix(
        truth: $0.measured.map { fits.labels[$0] },
        predicted: argmaxRows($0.logPosteriors.selecting(rows: $0.measured)),
        classCount: fits.classCount
      ).macroF1
    }
    let voice: FittedLate.Voice
    let emphasis: [Double]
    if rule == .best {
      let ranking = Array(members.indices).sorted { (a: Int, b: Int) -> Bool in
        let (first, second) = (macroF1[a] ?? 0, macroF1[b] ?? 0)
        return first != second ? first > second : a < b
      }
      voice = .best(ranking: ranking)
      emphasis = members.indices.map { $0 == ranking[0] ? Double(members.count) : 0 }
    } else {
      let patients = fits.labelledPatients.selecting(rows: judged)
      let pooling = LatePooling.fit(
        logPosteriors: logPosteriors, isMeasured: members.map { $0.isMeasured(patients) },
        labels: labels, rowWeights: family.rowWeights(labels: labels, classCount: fits.classCount))
      let mean = pooling.weights.reduce(0, +) / Double(members.count)
      voice = .pooled(pooling)
      emphasis = pooling.weights.map { $0 / mean }
    }
    let modalities = members.indices.map { m in
      FitRecord.Modality(name: members[m].name, macroF1: macroF1[m], emphasis: emphasis[m])
    }
    return (voice, FitRecord(modalities: modalities))
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
  enum Voice: Sendable {
    case mean
    case pooled(LatePooling)
    /// The first measured one of a ranking of all modalities.
    case best(ranking: [Int])
  }

  let members: [LateMember]
  let voice: Voice
  let seen: SeenClasses
  let classFrequencies: [Double]
  let record: FitRecord?

  func predict(_ patients: PatientTable) throws -> Predictions {
    let isMeasured = members.map { $0.isMeasured(patients) }
    let logits = members.map { $0.fitted.logits(patients) }
    let logPosteriors = logits.map(logSoftmaxRows)
    var result =
      switch voice {
      case .mean:
        mean(logPosteriors, isMeasured: isMeasured, patientCount: patients.patientCount)
      case .pooled(let pooling): pooling.pool(logPosteriors, isMeasured: isMeasured)
      case .best(let ranking):
        softmaxRows(first(of: ranking, logits, isMeasured: isMeasured))
      }
    for i in 0..<patients.patientCount where !isMeasured.contains(where: { $0[i] }) {
      result.setRow(i, classFrequencies)
    }
    return Predictions(probabilities: seen.expand(result))
  }

  private func first(
    of ranking: [Int], _ logits: [Matrix], isMeasured: [[Bool]]
  ) -> Matrix {
    var result = logits[ranking[0]]
    for i in 0..<result.rowCount {
      guard let m = ranking.first(where: { isMeasured[$0][i] }) else { continue }
      result.setRow(i, logits[m].row(i))
    }
    return result
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
