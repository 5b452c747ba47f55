import Cohort
import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Fits of linear families within one fold, shared between methods through the fold's store.
///
/// Labelled rows that measured the input are fitted; preprocessing sees all training rows. In
/// concatenation a patient takes part who has any of the modalities, with zeros, the training mean,
/// for those that are missing. (With zeros for every patient a class that lacks the modality more
/// often is recognized by the gap in training, and patients of that class who have it are lost;
/// docs/decisions/0031.)
struct FoldFits {
  let training: TrainingView
  let context: FitContext
  /// Rows of labelled training patients.
  let labelledRows: [Int]
  /// Classes that occur among them; everything below is over these.
  let seen: SeenClasses
  /// Class of each labelled patient, as position in ``seen``.
  let labels: [Int]

  init(_ training: TrainingView, _ context: FitContext) {
    self.training = training
    self.context = context
    labelledRows = training.labelledRows
    let original = labelledRows.map { training.labels[$0] }
    seen = SeenClasses(labels: original, classCount: training.classCount)
    labels = seen.compact(original)
  }

  /// Number of classes that occur.
  var classCount: Int { seen.classes.count }

  /// Class frequencies of labelled training patients, over seen classes.
  var classFrequencies: [Double] {
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    return counts.map { Double($0) / Double(labels.count) }
  }

  /// Labelled training patients, in order.
  var labelledPatients: PatientTable { training.table.selecting(rows: labelledRows) }

  // MARK: Inner folds

  private struct InnerFolds: Sendable {
    let count: Int
    let ofLabelled: [Int]

    struct Key: SharedKey {
      typealias Value = InnerFolds
      let count: Int
    }
  }

  /// As many inner folds as asked for, fewer if a class is smaller, at least 2.
  private var innerFolds: InnerFolds {
    context.store.value(InnerFolds.Key(count: context.innerFolds)) {
      var counts = [Int](repeating: 0, count: classCount)
      for label in labels { counts[label] += 1 }
      let smallest = counts.min() ?? 0
      let count = max(2, min(context.innerFolds, smallest))
      let groups = training.groups.map { groups in labelledRows.map { groups[$0] } }
      return InnerFolds(
        count: count,
        ofLabelled: stratifiedFolds(
          labels: labels, folds: count, groups: groups,
          stream: context.streams.stream("inner-folds")))
    }
  }

  // MARK: Inputs

  /// Preprocessing fitted on all training patients, or on those outside an inner fold.
  func prepared(_ input: FeatureInput, without innerFold: Int? = nil) -> PreparedInput {
    switch input {
    case .modality(let name):
      .modalities([preparedModality(name, without: innerFold)])
    case .concatenation:
      .modalities(training.table.modalities.map { preparedModality($0.name, without: innerFold) })
    case .clinical:
      .clinical(
        ClinicalEncoder(
          training: training.table.covariates.map {
            $0.selecting(rows: trainingRows(without: innerFold))
          }, clip: context.preprocessing.clip))
    }
  }

  /// One modality's preprocessing, fitted likewise.
  func preparedModality(_ name: String, without innerFold: Int? = nil) -> PreparedModality {
    let key = PreparedModality.Key(
      name: name, options: context.preprocessing, innerFold: innerFold,
      innerFolds: innerFold == nil ? nil : context.innerFolds)
    return context.store.value(key) {
      guard let modality = training.table.modalities.first(where: { $0.name == name }) else {
        return PreparedModality(name: name, preprocessor: nil, modality: nil)
      }
      let rows = trainingRows(without: innerFold)
      return PreparedModality(
        name: name,
        preprocessor: Preprocessor(options: context.preprocessing).fit(
          table: modality.selecting(rows: rows), labels: rows.map { training.labels[$0] }),
        modality: modality)
    }
  }

  /// All training rows, or those that an inner fold does not hold out; unlabelled ones always stay.
  private func trainingRows(without innerFold: Int?) -> [Int] {
    guard let innerFold else { return Array(0..<training.trainingCount) }
    let folds = innerFolds.ofLabelled
    let heldOut = Set(
      labelledRows.indices.filter { folds[$0] == innerFold }.map { labelledRows[$0] })
    return (0..<training.trainingCount).filter { !heldOut.contains($0) }
  }

  // MARK: Models

  /// Inner out-of-fold results of a family on an input.
  struct OutOfFold: Sendable {
    /// Of each candidate, labelled rows × seen classes.
    var logits: [Matrix]
    /// Labelled rows whose class was there to learn in their inner fold: only these can be judged.
    var judged: [Int]
    /// Those of them who have the input.
    var measured: [Int]

    struct Key: SharedKey {
      typealias Value = OutOfFold
      let family: String
      let input: FeatureInput
      let innerFolds: Int
    }
  }

  private struct ModelKey: SharedKey {
    typealias Value = SoftmaxRegression.Model
    let family: String
    let input: FeatureInput
  }

  /// The model of a family on an input, fitted on all labelled training patients.
  func model(
    _ family: some LinearFamily, _ input: FeatureInput
  ) throws -> SoftmaxRegression.Model {
    try context.store.value(ModelKey(family: family.name, input: input)) {
      let prepared = prepared(input)
      let patients = labelledPatients
      let models = try candidates(
        family, prepared.features(patients), fitting: positions(prepared.isMeasured(patients)))
      guard family.isChosenOutOfFold else { return models[0] }
      let choice = choice(family, try outOfFold(family, input))
      return models[choice.candidate].divided(by: choice.temperature)
    }
  }

  /// Out-of-fold log-posteriors of a family on an input, labelled rows × seen classes, the rows that
  /// can be judged, and those of them who have the input.
  func outOfFoldLogPosteriors(
    _ family: some LinearFamily, _ input: FeatureInput
  ) throws -> (logPosteriors: Matrix, judged: [Int], measured: [Int]) {
    let outOfFold = try outOfFold(family, input)
    let choice = choice(family, outOfFold)
    let logits = outOfFold.logits[choice.candidate].mapValues { $0 / choice.temperature }
    return (logSoftmaxRows(logits), outOfFold.judged, outOfFold.measured)
  }

  private func choice(
    _ family: some LinearFamily, _ outOfFold: OutOfFold
  ) -> (candidate: Int, temperature: Double) {
    family.choose(
      outOfFold: outOfFold.logits.map { $0.selecting(rows: outOfFold.measured) },
      labels: outOfFold.measured.map { labels[$0] })
  }

  /// Candidates fitted on some of the labelled rows; silent about a class that only others have.
  private func candidates(
    _ family: some LinearFamily, _ features: Matrix, fitting rows: [Int]
  ) throws -> [SoftmaxRegression.Model] {
    try family.candidatesForSeenClasses(
      LabelledRows(
        features: features.selecting(rows: rows), labels: rows.map { labels[$0] },
        classCount: classCount), unseenOffset: 0)
  }

  private func positions(_ flags: [Bool]) -> [Int] { flags.indices.filter { flags[$0] } }

  /// Preprocessing is fitted again within each inner fold.
  private func outOfFold(
    _ family: some LinearFamily, _ input: FeatureInput
  ) throws -> OutOfFold {
    try context.store.value(
      OutOfFold.Key(family: family.name, input: input, innerFolds: context.innerFolds)
    ) {
      let folds = innerFolds
      var result = OutOfFold(
        logits: [Matrix](
          repeating: Matrix(rows: labels.count, columns: classCount), count: family.candidateCount),
        judged: [], measured: [])
      let patients = labelledPatients
      for fold in 0..<folds.count {
        let heldOut = labels.indices.filter { folds.ofLabelled[$0] == fold }
        let kept = labels.indices.filter { folds.ofLabelled[$0] != fold }
        let prepared = prepared(input, without: fold)
        let features = prepared.features(patients)
        let isMeasured = prepared.isMeasured(patients)
        let models = try candidates(family, features, fitting: kept.filter { isMeasured[$0] })
        for (candidate, model) in models.enumerated() {
          let logits = model.logits(features.selecting(rows: heldOut))
          for (position, i) in heldOut.enumerated() {
            result.logits[candidate].setRow(i, logits.row(position))
          }
        }
        let learned = Set(kept.map { labels[$0] })
        let judged = heldOut.filter { learned.contains(labels[$0]) }
        result.judged += judged
        result.measured += judged.filter { isMeasured[$0] }
      }
      result.judged.sort()
      result.measured.sort()
      return result
    }
  }
}
