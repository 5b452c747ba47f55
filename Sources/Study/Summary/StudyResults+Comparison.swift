import Evaluation
import LinearAlgebra

extension StudyResults {
  /// Predictions of every method, as comparisons need them.
  package func methodPredictions() -> [MethodPredictions] {
    plan.methods.map { method in
      MethodPredictions(
        name: method,
        folds: results(of: method).map { result in
          let task = result.task
          let labelled = plan.folds.trainingRows(
            repeat: task.repeatIndex, fold: task.fold, includingUnlabelled: false)
          return MethodPredictions.Fold(
            repeat: task.repeatIndex, fold: task.fold, trainCount: labelled.count,
            rows: plan.folds.testRows(repeat: task.repeatIndex, fold: task.fold),
            probabilities: Matrix(result.probabilities))
        })
    }
  }

  /// Method that the others are compared with: the first of the primary contrast; without one
  /// `equipoise`, else the first method.
  package var reference: String {
    plan.primary?.first
      ?? (plan.methods.contains("equipoise") ? "equipoise" : plan.methods[0])
  }
}
