import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Multinomial logistic regression, converged: min ½‖W‖² + C Σ_i ω_i CE_i over standardised rows,
/// C = .1, biases free of penalty; ω_i = 1, or n/(classes · n_{y_i}) in the balanced form.
///
/// Solved as Σ_i (ω_i/n) CE_i + (λ/2)‖W‖² with λ = 1/(C n), the same problem divided by C n.
package struct LogisticFamily: LinearFamily {
  /// Whether every class has the same total weight.
  package let isBalanced: Bool
  /// C, inverse strength of the penalty, > 0.
  package let inversePenalty: Double

  /// A family; C = .1 by default.
  package init(isBalanced: Bool, inversePenalty: Double = 0.1) {
    self.isBalanced = isBalanced
    self.inversePenalty = inversePenalty
  }

  /// `logistic` or `logistic-balanced`.
  package var name: String { isBalanced ? "logistic-balanced" : "logistic" }

  /// One model, converged by L-BFGS.
  package func candidates(_ rows: LabelledRows) throws -> [SoftmaxRegression.Model] {
    var targets = Matrix(rows: rows.labels.count, columns: rows.classCount)
    for (i, label) in rows.labels.enumerated() { targets[i, label] = 1 }
    let regression = SoftmaxRegression(
      penalty: 1 / (inversePenalty * Double(rows.labels.count)))
    return [
      try regression.fit(
        features: rows.features, targets: targets,
        rowWeights: rowWeights(labels: rows.labels, classCount: rows.classCount))
    ]
  }

  /// Balanced or equal, as in the fit.
  package func rowWeights(labels: [Int], classCount: Int) -> [Double] {
    let weighting: ClassWeighting = isBalanced ? .balanced : .none
    return weighting.rowWeights(labels: labels, classCount: classCount)
  }
}
