import Evaluation
import LinearAlgebra
import MutualInformation

/// What each modality's out-of-fold predictions say to each other and of the label: the evidence
/// for distillation.
///
/// A modality is represented by its out-of-fold *centred log-probabilities*, which, unlike hidden
/// units, can be compared between folds.
struct ModalityRepresentations: Sendable {
  /// Informations of one ordered pair, on the labelled rows that have both modalities.
  struct Evidence: Sendable {
    /// I(H_t; H_s) by the Gaussian copula, less its bias, in nats.
    var teacherStudent: Double
    /// I(H_s; Y), the cross-fitted classifier bound, in nats.
    var studentLabel: Double
    /// I(H_t; Y), likewise.
    var teacherLabel: Double
    /// Standard error of I(H_t; H_s) - I(H_s; Y), by a delete-block jackknife of the difference.
    var differenceStandardError: Double
    /// Standard error of the difference in macro-F1, by the same jackknife.
    var skillStandardError: Double
    /// Enough rows for the estimates: 50, and 5 of each class.
    var isReliable: Bool
  }

  /// Out-of-fold posteriors of the labelled rows, tempered to minimum log loss, per modality.
  let calibrated: [Matrix]

  private let centered: [Matrix]
  private let labelTerms: [[Double]]
  private let predicted: [[Int]]
  private let isMeasured: [[Bool]]
  private let labels: [Int]
  private let classCount: Int
  private let streams: RandomStreams

  init(
    _ features: RelationalFeatures, _ fitted: ModalityHeads, _ labelled: LabelledRows,
    _ streams: RandomStreams
  ) {
    labels = labelled.labels
    classCount = labelled.classCount
    self.streams = streams
    let balanced = labelled.balancedWeights(of: labelled.everything)
    let priors = foldPriors(
      labels: labelled.labels, folds: labelled.innerFolds, classCount: labelled.classCount)
    calibrated = fitted.outOfFold.map { outOfFold in
      let temperature = Temperature(
        fitting: outOfFold, labels: labelled.labels, rowWeights: balanced)
      return softmaxRows((1 / temperature.value) * outOfFold)
    }
    centered = calibrated.map(centeredLogProbabilities)
    predicted = calibrated.map(argmaxRows)
    // Heads are class-balanced; the bound needs the natural class shares.
    labelTerms = calibrated.map { posterior in
      var natural = posterior.mapValues { logarithm(max($0, 1e-12)) }
      for i in 0..<natural.rowCount {
        let prior = priors[labelled.innerFolds[i]]
        for c in 0..<natural.columnCount { natural[i, c] += logarithm(max(prior[c], 1e-12)) }
      }
      let temperature = Temperature(fitting: natural, labels: labelled.labels)
      return ClassifierBound(
        probabilities: softmaxRows((1 / temperature.value) * natural), labels: labelled.labels,
        folds: labelled.innerFolds, priors: priors
      ).terms
    }
    isMeasured = features.isMeasured.map { flags in labelled.rows.map { flags[$0] } }
  }

  /// Evidence on an ordered pair.
  func evidence(teacher t: Int, student s: Int) throws -> Evidence {
    let rows = labels.indices.filter { isMeasured[t][$0] && isMeasured[s][$0] }
    let estimator = CorrelationInformation(
      maximumDimension: max(1, classCount - 1), stream: streams.stream("distillation/shrinkage"))
    let (teacher, student) = (centered[t], centered[s])
    // Too few rows to estimate anything count as no information.
    let information: @Sendable ([Int]) -> Double = { rows in
      (try? estimator.estimate(teacher.selecting(rows: rows), student.selecting(rows: rows)))?
        .information ?? 0
    }
    let studentTerms = labelTerms[s]
    let label: @Sendable ([Int], [Double]) -> Double = { rows, terms in
      rows.isEmpty ? 0 : orderedMean(rows.map { terms[$0] })
    }
    let stream = streams.stream("distillation/blocks")
    let difference = try BlockJackknife(rowCount: rows.count, stream: stream) { kept in
      let kept = kept.map { rows[$0] }
      return information(kept) - label(kept, studentTerms)
    }
    let (teacherClasses, studentClasses) = (predicted[t], predicted[s])
    let (labels, classCount) = (labels, classCount)
    let skill = try BlockJackknife(rowCount: rows.count, stream: stream) { kept in
      let truth = kept.map { labels[rows[$0]] }
      return macroF1(
        truth: truth, predicted: kept.map { teacherClasses[rows[$0]] }, classCount: classCount)
        - macroF1(
          truth: truth, predicted: kept.map { studentClasses[rows[$0]] }, classCount: classCount)
    }
    var counts = [Int](repeating: 0, count: classCount)
    for row in rows { counts[labels[row]] += 1 }
    return Evidence(
      teacherStudent: information(rows), studentLabel: label(rows, studentTerms),
      teacherLabel: label(rows, labelTerms[t]), differenceStandardError: difference.standardError,
      skillStandardError: skill.standardError,
      isReliable: rows.count >= 50 && (counts.min() ?? 0) >= 5)
  }
}
