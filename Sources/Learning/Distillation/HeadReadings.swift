import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

/// What the heads of all modalities say out of fold of the labelled training patients, and how many
/// unlabelled ones there are to teach with: all that evidence on teaching rests on, whatever kind
/// of head is behind it.
package struct HeadReadings: Sendable {
  /// How a modality is represented: by its out-of-fold *centred log-probabilities*, which, unlike
  /// hidden units, can be compared between folds. One of the C columns follows from the others.
  package enum Representation: Sendable {
    /// The leading C - 1 principal components of all columns.
    case leadingComponents
    /// All columns but that of the largest class among the patients compared.
    case withoutLargestClass
  }

  /// Modality names.
  package let modalities: [String]
  /// Class of each labelled patient, ≥ 0.
  package let labels: [Int]
  /// Number of classes C.
  package let classCount: Int
  /// Per modality, whether each labelled patient has it.
  package let isMeasured: [[Bool]]
  /// Per modality calibrated out-of-fold posteriors, labelled patients × classes.
  package let posteriors: [Matrix]
  /// Per modality t_i = ln q(y_i | z_i) - ln π(y_i) at natural class shares, nats.
  package let labelTerms: [[Double]]
  /// U by teacher, then student: unlabelled training patients who have both modalities.
  package let unlabelledPairs: [[Int]]
  /// How modalities are represented.
  package let representation: Representation

  /// Readings of any heads; everything per modality, in the order of `modalities`.
  package init(
    modalities: [String], labels: [Int], classCount: Int, isMeasured: [[Bool]],
    posteriors: [Matrix], labelTerms: [[Double]], unlabelledPairs: [[Int]],
    representation: Representation
  ) {
    self.modalities = modalities
    self.labels = labels
    self.classCount = classCount
    self.isMeasured = isMeasured
    self.posteriors = posteriors
    self.labelTerms = labelTerms
    self.unlabelledPairs = unlabelledPairs
    self.representation = representation
  }

  /// Readings of linear heads. They are class-balanced: posteriors are tempered with balanced
  /// weights, and brought back to the natural class shares for the bound.
  init(_ heads: ModalityHeads, _ labelled: LabelledRows, _ supply: UnlabelledSupply) {
    let priors = foldPriors(
      labels: labelled.labels, folds: labelled.innerFolds, classCount: labelled.classCount)
    let posteriors = heads.outOfFold.indices.map { m in
      Temperature(
        fitting: heads.outOfFold[m], labels: labelled.labels,
        rowWeights: labelled.balancedWeights(of: heads.measured[m])
      ).softened(heads.outOfFold[m])
    }
    let terms = posteriors.map { posterior in
      var natural = posterior.mapValues { logarithm(max($0, 1e-12)) }
      for i in 0..<natural.rowCount {
        let prior = priors[labelled.innerFolds[i]]
        for c in 0..<natural.columnCount { natural[i, c] += logarithm(max(prior[c], 1e-12)) }
      }
      return ClassifierBound(
        probabilities: Temperature(fitting: natural, labels: labelled.labels).softened(natural),
        labels: labelled.labels, folds: labelled.innerFolds, priors: priors
      ).terms
    }
    self.init(
      modalities: supply.modalities, labels: labelled.labels, classCount: labelled.classCount,
      isMeasured: supply.isMeasured.map { flags in labelled.rows.map { flags[$0] } },
      posteriors: posteriors, labelTerms: terms, unlabelledPairs: supply.pairCounts,
      representation: .leadingComponents)
  }

  /// Plug-in Ĥ(Y), nats.
  package var labelEntropy: Double {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    return plugInEntropy(counts: counts)
  }

  /// Whether a modality has enough labelled patients to be judged: 10, and two per class.
  package func isSufficient(_ modality: Int) -> Bool {
    isMeasured[modality].count { $0 } >= max(10, 2 * classCount)
  }

  /// Positions of labelled patients who have both modalities.
  package func commonRows(_ first: Int, _ second: Int) -> [Int] {
    labels.indices.filter { isMeasured[first][$0] && isMeasured[second][$0] }
  }
}

extension Temperature {
  /// softmax(logits · (1/T)).
  fileprivate func softened(_ logits: Matrix) -> Matrix { softmaxRows((1 / value) * logits) }
}

/// Training patients without a label through whom one modality can teach another.
package struct UnlabelledSupply: Sendable {
  /// Modality names.
  package let modalities: [String]
  /// Per modality, whether each training patient has it.
  package let isMeasured: [[Bool]]
  private let unlabelled: [Int]

  /// The supply of a training set.
  ///
  /// - Parameters:
  ///   - labels: class of each training patient, negative where unlabelled.
  ///   - isMeasured: per modality, of the training patients at least.
  package init(modalities: [String], labels: [Int], isMeasured: [[Bool]]) {
    self.modalities = modalities
    self.isMeasured = isMeasured
    unlabelled = labels.indices.filter { labels[$0] < 0 }
  }

  /// Rows of unlabelled training patients who have both modalities, ascending.
  package func pairs(_ teacher: Int, _ student: Int) -> [Int] {
    unlabelled.filter { isMeasured[teacher][$0] && isMeasured[student][$0] }
  }

  /// Their number, by teacher, then student.
  package var pairCounts: [[Int]] {
    modalities.indices.map { t in modalities.indices.map { s in pairs(t, s).count } }
  }
}
