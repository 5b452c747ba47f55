import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation
import NeuralNetwork

/// What out-of-fold predictions of the modalities say about them: stage 1 of `paper`.
struct NetworkSignals: Sendable {
  /// Modality names.
  let names: [String]
  /// Per modality: macro-F1, information with the label and information no other modality has.
  let signals: [ModalitySignal]
  /// Ĥ(Y), nats.
  let labelEntropy: Double
  /// Per modality calibrated log-probabilities, training patients × classes.
  let teachers: [Matrix]
  /// Per modality, whether each training patient has them.
  let isAvailable: [[Bool]]
  /// Per modality t_i = ln q(y_i|z_i) - ln π(y_i) at natural class shares; 0 without label or logits.
  let labelTerms: [[Double]]
  /// Per modality, whether it has too few labelled patients to be judged.
  let isInsufficient: [Bool]

  /// What signals depend on within a fold.
  struct Key: SharedKey {
    typealias Value = NetworkSignals
    let names: [String]
    let constants: RelationalNetworkConfiguration.SignalConstants
    let innerFolds: Int
    let preprocessing: PreprocessingOptions
  }

  init(_ outOfFold: OutOfFoldLogits, labels: [Int], classCount: Int) {
    let count = outOfFold.names.count
    names = outOfFold.names
    isAvailable = outOfFold.isAvailable
    let labelled = outOfFold.isAvailable.map { flags in
      labels.indices.map { flags[$0] && labels[$0] >= 0 }
    }
    var classCounts = [Int](repeating: 0, count: classCount)
    for label in labels where label >= 0 { classCounts[label] += 1 }
    labelEntropy = plugInEntropy(counts: classCounts)
    isInsufficient = labelled.map { flags in flags.count { $0 } < max(10, 2 * classCount) }

    func known(_ m: Int) -> [Int] { labels.indices.map { labelled[m][$0] ? labels[$0] : -1 } }
    teachers = (0..<count).map { m in
      let temperature = Temperature(fitting: outOfFold.logits[m], labels: known(m))
      return logSoftmaxRows((1 / temperature.value) * outOfFold.logits[m])
    }
    let natural = (0..<count).map { m in
      let temperature = Temperature(fitting: outOfFold.naturalLogits[m], labels: known(m))
      return logSoftmaxRows((1 / temperature.value) * outOfFold.naturalLogits[m])
    }
    let priors = foldPriors(labels: labels, folds: outOfFold.folds, classCount: classCount)
    let bounds = (0..<count).map { m in
      ClassifierBound(
        probabilities: natural[m].mapValues(exponential), labels: known(m),
        folds: outOfFold.folds, priors: priors)
    }
    labelTerms = bounds.map { bound in
      var terms = [Double](repeating: 0, count: labels.count)
      for (row, term) in zip(bound.rows, bound.terms) { terms[row] = term }
      return terms
    }
    let unique = Self.uniqueInformation(
      natural, isMeasured: labelled, labels: labels, folds: outOfFold.folds)
    signals = (0..<count).map { m in
      let rows = labels.indices.filter { labelled[m][$0] }
      let predicted = argmaxRows(outOfFold.logits[m].selecting(rows: rows))
      return ModalitySignal(
        macroF1: macroF1(
          truth: rows.map { labels[$0] }, predicted: predicted, classCount: classCount),
        labelInformation: bounds[m].estimate, uniqueInformation: unique[m])
    }
  }

  /// What the heads say of the labelled training patients, for evidence on teaching.
  func readings(labels: [Int]) -> HeadReadings {
    let rows = labels.indices.filter { labels[$0] >= 0 }
    let supply = UnlabelledSupply(modalities: names, labels: labels, isMeasured: isAvailable)
    return HeadReadings(
      modalities: names, labels: rows.map { labels[$0] }, classCount: teachers[0].columnCount,
      isMeasured: isAvailable.map { flags in rows.map { flags[$0] } },
      posteriors: teachers.map { $0.selecting(rows: rows).mapValues(exponential) },
      labelTerms: labelTerms.map { terms in rows.map { terms[$0] } },
      unlabelledPairs: supply.pairCounts, representation: .withoutLargestClass)
  }

  /// The signals as weights and emphasis use them: a modality that cannot be judged counts as
  /// uninformative.
  var guiding: [ModalitySignal] {
    zip(signals, isInsufficient).map { signal, isInsufficient in
      isInsufficient
        ? ModalitySignal(macroF1: 0, labelInformation: 0, uniqueInformation: 0) : signal
    }
  }

  /// Û_m = mean[ln q(y | all) - ln q(y | all but m)] over patients who have m and another modality;
  /// q pools the modalities with weights learned on the other inner folds.
  private static func uniqueInformation(
    _ logPosteriors: [Matrix], isMeasured: [[Bool]], labels: [Int], folds: [Int]
  ) -> [Double] {
    let count = logPosteriors.count
    guard count > 1 else { return [0] }
    func pooled(_ used: [Int]) -> Matrix {
      var result = Matrix(rows: labels.count, columns: logPosteriors[0].columnCount)
      for fold in 0..<((folds.max() ?? -1) + 1) {
        let fitted = folds.indices.filter { folds[$0] >= 0 && folds[$0] != fold }
        let held = folds.indices.filter { folds[$0] == fold }
        func rows(_ indices: [Int]) -> (posteriors: [Matrix], isMeasured: [[Bool]]) {
          (
            used.map { logPosteriors[$0].selecting(rows: indices) },
            used.map { m in indices.map { isMeasured[m][$0] } }
          )
        }
        let (inside, outside) = (rows(fitted), rows(held))
        let pooling = LatePooling.fit(
          logPosteriors: inside.posteriors, isMeasured: inside.isMeasured,
          labels: fitted.map { labels[$0] },
          rowWeights: fitted.map { _ in 1 / Double(max(fitted.count, 1)) })
        let answer = pooling.pool(outside.posteriors, isMeasured: outside.isMeasured)
        for (position, row) in held.enumerated() { result.setRow(row, answer.row(position)) }
      }
      return result
    }
    let everything = Array(0..<count)
    let all = pooled(everything)
    return everything.map { m in
      let others = everything.filter { $0 != m }
      let rows = labels.indices.filter { row in
        isMeasured[m][row] && others.contains { isMeasured[$0][row] }
      }
      let without = pooled(others)
      return UniqueInformation(
        all: all.selecting(rows: rows), without: without.selecting(rows: rows),
        labels: rows.map { labels[$0] }
      ).estimate
    }
  }
}
