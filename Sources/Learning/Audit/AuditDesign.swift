import Cohort
import Evaluation
import LinearAlgebra

/// What an audit is computed from: the cohort, its folds, and how heads are prepared.
package struct AuditDesign: Sendable {
  /// The cohort.
  package let cohort: Cohort
  /// Class of each patient, -1 where unlabelled.
  package let labels: [Int]
  /// Class names.
  package let classes: [String]
  /// Which patients are tested when.
  package let folds: FoldPlan
  /// Whether patients without a label join preparation and distillation.
  package let unlabelled: UnlabelledUse
  /// Preparation of features within each fold.
  package let preprocessing: PreprocessingOptions
  /// Inner folds for out-of-fold evidence.
  package let innerFolds: Int
  /// Distillation gate that decides; nil is the product's own.
  package let gate: String?
  /// Streams of the audit.
  package let streams: RandomStreams

  /// A design; `folds` covers the cohort's patients.
  package init(
    cohort: Cohort, outcome: NominalOutcome, folds: FoldPlan, unlabelled: UnlabelledUse,
    preprocessing: PreprocessingOptions, innerFolds: Int, gate: String?, streams: RandomStreams
  ) {
    self.cohort = cohort
    labels = outcome.labels
    classes = outcome.classes
    self.folds = folds
    self.unlabelled = unlabelled
    self.preprocessing = preprocessing
    self.innerFolds = innerFolds
    self.gate = gate
    self.streams = streams
  }

  /// Names of the modalities, in cohort order.
  var modalities: [String] { cohort.table.modalities.map(\.name) }

  /// Whether there are clinical columns.
  var hasClinical: Bool { !cohort.table.covariates.isEmpty }

  /// Factor on standard errors for the training patients that models share (Nadeau & Bengio 2003):
  /// √(1/R + K n_test/n_train), that is √(1/R + K/(K - 1)), of K folds and R repeats.
  ///
  /// Measured on simulated cohorts, intervals cover the mean of the estimate over cohorts with it, and
  /// fall short without (docs/decisions/0011).
  var sharedTrainingFactor: Double {
    let tasks = folds.tasks
    let labelled = Double(labels.count { $0 >= 0 })
    let ratios = tasks.map { task in
      let tested = Double(folds.testRows(repeat: task.repeat, fold: task.fold).count)
      return tested / max(labelled - tested, 1)
    }
    guard !ratios.isEmpty else { return 1 }
    let repeats = Double(folds.repeatCount)
    return (1 / repeats + Double(tasks.count) / repeats * orderedMean(ratios)).squareRoot()
  }

  /// Training and tested patients of one fold.
  struct Material {
    let training: TrainingView
    let testRows: [Int]
    let test: PatientTable
    let streams: RandomStreams
  }

  /// The material of one fold; its training view holds nothing of the tested patients.
  func material(repeat repeatIndex: Int, fold: Int) -> Material {
    let testRows = folds.testRows(repeat: repeatIndex, fold: fold)
    let rows = folds.trainingRows(
      repeat: repeatIndex, fold: fold, includingUnlabelled: unlabelled == .use)
    return Material(
      training: training(rows), testRows: testRows, test: cohort.table.selecting(rows: testRows),
      streams: streams.scoped("repeat=\(repeatIndex)/fold=\(fold)"))
  }

  /// All patients that train where nobody is tested.
  var everyone: TrainingView {
    training(labels.indices.filter { labels[$0] >= 0 || unlabelled == .use })
  }

  private func training(_ rows: [Int]) -> TrainingView {
    TrainingView(
      table: cohort.table.selecting(rows: rows), labels: rows.map { labels[$0] },
      classes: classes, groups: cohort.groups.map { groups in rows.map { groups[$0] } })
  }
}
