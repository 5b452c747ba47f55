import Cohort
import LinearAlgebra

/// What one fold is made of: what a learner may see, and whom it has to predict.
package struct FoldMaterial: Sendable {
  /// Training patients with their labels; in transductive mode followed by the test patients'
  /// features.
  package let training: TrainingView
  /// Rows of the cohort to be predicted, ascending.
  package let testRows: [Int]
  /// Their measurements; no labels.
  package let test: PatientTable
  /// Labelled training patients, `n_train`.
  package let labelledCount: Int
  /// Streams `repeat=R/fold=F`.
  package let streams: RandomStreams
}

extension StudyPlan {
  /// The material of a fold. In inductive mode the training view holds nothing of the test
  /// patients.
  package func material(repeat repeatIndex: Int, fold: Int) -> FoldMaterial {
    let trainingRows = folds.trainingRows(
      repeat: repeatIndex, fold: fold, includingUnlabelled: options.unlabelled == .use)
    let testRows = folds.testRows(repeat: repeatIndex, fold: fold)
    let seenRows = options.transductive ? trainingRows + testRows : trainingRows
    let labels = trainingRows.map { outcome.labels[$0] }
    return FoldMaterial(
      training: TrainingView(
        table: cohort.table.selecting(rows: seenRows), labels: labels, classes: outcome.classes,
        groups: cohort.groups.map { groups in trainingRows.map { groups[$0] } }),
      testRows: testRows, test: cohort.table.selecting(rows: testRows),
      labelledCount: labels.count { $0 >= 0 },
      streams: RandomStreams(seed: options.seed)
        .scoped("repeat=\(repeatIndex)").scoped("fold=\(fold)"))
  }
}
