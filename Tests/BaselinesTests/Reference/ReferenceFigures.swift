import Baselines
import Cohort
import Evaluation
import Foundation
import LinearAlgebra
import Testing
import _TestSupport

/// Fold-by-fold macro-F1 of an independent program, and ours on the same folds.
struct ReferenceFigures {
  let cohort: Cohort
  let plan: FoldPlan
  private let figures: [String: Double]

  /// - Parameters:
  ///   - cohort: a labelled cohort.
  ///   - folds: `folds.csv`.
  ///   - figures: rows `cohort,setting,method,repeat,fold,macro_f1`; those of `cohort.name` in setting
  ///     `full` are used.
  init(_ cohort: Cohort, folds: URL, figures: URL) throws {
    self.cohort = cohort
    plan = try FoldPlan(
      csv: String(contentsOf: folds, encoding: .utf8), patients: cohort.table.patients,
      labels: #require(cohort.nominalOutcome).labels)
    var values = [String: Double]()
    for line in try String(contentsOf: figures, encoding: .utf8).split(separator: "\n") {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == 6, fields[0] == cohort.name, fields[1] == "full" else { continue }
      values["\(fields[2])/\(fields[3])/\(fields[4])"] = Double(fields[5])
    }
    self.figures = values
  }

  /// Ours minus the reference for each method, over all folds of the given repeats.
  func differences(_ methods: [String], repeats: Range<Int>) throws -> [String: [Double]] {
    var result = [String: [Double]]()
    for task in plan.tasks where repeats.contains(task.repeat) {
      let scores = try macroF1(methods, repeat: task.repeat, fold: task.fold)
      for (method, score) in zip(methods, scores) {
        let figure = try #require(figures["\(method)/\(task.repeat)/\(task.fold)"])
        result[method, default: []].append(score - figure)
      }
    }
    return result
  }

  /// Macro-F1 of each method in one fold.
  func macroF1(_ methods: [String], repeat index: Int, fold: Int) throws -> [Double] {
    let outcome = try #require(cohort.nominalOutcome)
    let train = plan.trainingRows(repeat: index, fold: fold)
    let test = plan.testRows(repeat: index, fold: fold)
    let training = TrainingView(
      table: cohort.table.selecting(rows: train), labels: train.map { outcome.labels[$0] },
      classes: outcome.classes)
    let context = FitContext(
      streams: RandomStreams(seed: 1, prefix: "repeat=\(index)/fold=\(fold)"))
    let patients = cohort.table.selecting(rows: test)
    return try methods.map { method in
      let learner = try #require(
        BaselineMethods.learner(
          named: method, modalities: cohort.table.modalities.map(\.name), hasCovariates: false))
      let predicted = try learner.fit(training, context).predict(patients).classes
      let confusion = ConfusionMatrix(
        truth: test.map { outcome.labels[$0] }, predicted: predicted,
        classCount: outcome.classes.count)
      return try #require(confusion.macroF1)
    }
  }
}
