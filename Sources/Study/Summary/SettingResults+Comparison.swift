import Evaluation
import LinearAlgebra

extension SettingResults {
  /// Predictions of every method, as comparisons need them.
  package func methodPredictions() -> [MethodPredictions] {
    plan.methods.map { method in
      MethodPredictions(
        name: method,
        folds: results(of: method).map { result in
          let task = result.task
          let split = plan.split(setting, task.replicate)
          return MethodPredictions.Fold(
            repeat: task.repeatIndex, fold: task.fold, trainCount: split.labelledRows.count,
            rows: split.testRows, probabilities: Matrix(result.probabilities))
        })
    }
  }

  /// The reference against each other method, over the replicates.
  ///
  /// - Parameter resampled: scores of each method by resample, where they are known already.
  func comparisons(
    _ predictions: [MethodPredictions], resampled: [[Double]]? = nil, threads: Int
  ) throws -> [StudySummary.PairedComparison] {
    let comparisons = ComparisonPlan(
      reference: plan.reference, primaryOpponent: plan.primary?.last,
      hasIndependentDraws: plan.hasDraws(setting), bootstrap: plan.bootstrap)
    return try comparisons.comparisons(
      of: predictions, labels: plan.outcome.labels, resampled: resampled, threads: threads
    ).map {
      StudySummary.PairedComparison(
        a: $0.a, b: $0.b, metric: $0.metric, difference: $0.difference,
        standardError: $0.standardError, p: $0.p, pHolm: $0.pHolm,
        ci95: StudySummary.Bounds($0.ci95),
        bootstrapCI95: $0.bootstrapCI95.map(StudySummary.Bounds.init),
        detectable: $0.smallestDetectableGain, primary: $0.isPrimary, identical: $0.isIdentical)
    }
  }
}

extension StudyPlan {
  /// Method that the others are compared with: the first of the primary contrast; without one
  /// `equipoise`, else the first method.
  package var reference: String {
    primary?.first ?? (methods.contains("equipoise") ? "equipoise" : methods[0])
  }

  /// Resamples of patients; every method meets the same.
  var bootstrap: PatientBootstrap {
    PatientBootstrap(
      labels: outcome.labels, classCount: outcome.classes.count, groups: cohort.groups,
      stream: RandomStreams(seed: options.seed).stream("comparison/bootstrap"))
  }
}
