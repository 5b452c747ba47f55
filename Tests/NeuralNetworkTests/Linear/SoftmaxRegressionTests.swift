import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Softmax regression")
struct SoftmaxRegressionTests {
  private struct Problem {
    var features: Matrix
    var targets: Matrix
    var rowWeights: [Double]
  }

  private func problem(rows: Int, features: Int, classes: Int = 3) -> Problem {
    var stream = RandomStream(seed: 21, name: "\(rows)x\(features)")
    let x = stream.normalMatrix(rows: rows, columns: features)
    let labels = argmaxRows(x.product(stream.normalMatrix(rows: features, columns: classes)))
    var targets = Matrix(rows: rows, columns: classes)
    for (i, label) in labels.enumerated() { targets[i, label] = 1 }
    let weights = (0..<rows).map { 1 + Double($0 % 3) }
    let total = weights.reduce(0, +)
    return Problem(features: x, targets: targets, rowWeights: weights.map { $0 / total })
  }

  /// Gradient of the objective at a model, by the definition.
  private func gradient(
    _ problem: Problem, _ model: SoftmaxRegression.Model, penalty: Double
  ) -> (weights: Matrix, biases: [Double]) {
    let probabilities = softmaxRows(model.logits(problem.features))
    var weights = penalty * model.weights
    var biases = [Double](repeating: 0, count: model.biases.count)
    for i in 0..<problem.features.rowCount {
      for c in biases.indices {
        let residual = problem.rowWeights[i] * (probabilities[i, c] - problem.targets[i, c])
        biases[c] += residual
        for j in 0..<problem.features.columnCount {
          weights[j, c] += residual * problem.features[i, j]
        }
      }
    }
    return (weights, biases)
  }

  @Test("The gradient vanishes at the solution, tall and wide", arguments: [(60, 8), (20, 90)])
  func optimum(rows: Int, features: Int) throws {
    let problem = problem(rows: rows, features: features)
    let penalty = 10 / Double(rows)
    let model = try SoftmaxRegression(penalty: penalty).fit(
      features: problem.features, targets: problem.targets, rowWeights: problem.rowWeights)
    let slope = gradient(problem, model, penalty: penalty)
    #expect(slope.weights.values.allSatisfy { abs($0) <= 1e-6 })
    #expect(slope.biases.allSatisfy { abs($0) <= 1e-6 })
  }

  @Test("The rotation to the row span changes nothing but the cost")
  func rotation() throws {
    let problem = problem(rows: 15, features: 70)
    let direct = try SoftmaxRegression(penalty: 0.3).fit(
      features: problem.features, targets: problem.targets, rowWeights: problem.rowWeights)
    let span = try RowSpan(problem.features)
    #expect(span.rank == 15)
    let rotated = try SoftmaxRegression(penalty: 0.3).fit(
      features: span.project(problem.features), targets: problem.targets,
      rowWeights: problem.rowWeights)
    let logits = direct.logits(problem.features)
    let rotatedLogits = rotated.logits(span.project(problem.features))
    #expect(logits.maximumDifference(from: rotatedLogits) <= 1e-5)
  }

  @Test("The loss gradient agrees with finite differences")
  func finiteDifferences() {
    let problem = problem(rows: 12, features: 4)
    var stream = RandomStream(seed: 2)
    let logits = stream.normalMatrix(rows: 12, columns: 3)
    var analytic = logits
    _ = weightedCrossEntropy(&analytic, problem.targets, problem.rowWeights)
    for k in logits.values.indices {
      var (up, down) = (logits, logits)
      up.values[k] += 1e-5
      down.values[k] -= 1e-5
      let difference =
        weightedCrossEntropy(&up, problem.targets, problem.rowWeights)
        - weightedCrossEntropy(&down, problem.targets, problem.rowWeights)
      #expect(abs(difference / 2e-5 - analytic.values[k]) <= 1e-9)
    }
  }
}
