import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Joint softmax objective")
struct JointSoftmaxObjectiveTests {
  private func objective(rows: Int, features: [Int], classes: Int = 3) -> JointSoftmaxObjective {
    var stream = RandomStream(seed: 4, name: "\(rows)/\(features)")
    func targets() -> Matrix {
      softmaxRows(stream.normalMatrix(rows: rows, columns: classes))
    }
    let heads = features.enumerated().map { m, count in
      JointSoftmaxObjective.Head(
        features: stream.normalMatrix(rows: rows, columns: count), targets: targets(),
        emphasis: 0.5 + Double(m), share: m == 1 ? 0 : 0.7)
    }
    return JointSoftmaxObjective(
      heads: heads, targets: targets(), rowWeights: (0..<rows).map { 0.1 + 0.01 * Double($0) },
      penalty: 0.3)
  }

  @Test(
    "The gradient agrees with finite differences, at any remainder of rows and features",
    arguments: [(1, [3]), (4, [8, 5]), (7, [9, 1, 17]), (10, [16, 2])])
  func finiteDifferences(rows: Int, features: [Int]) {
    let objective = objective(rows: rows, features: features)
    var stream = RandomStream(seed: 9)
    let point = (0..<objective.parameterCount).map { _ in 0.3 * stream.normal() }
    var gradient = point
    _ = objective.evaluate(point, &gradient)
    var unused = gradient
    for k in point.indices {
      var (up, down) = (point, point)
      up[k] += 1e-5
      down[k] -= 1e-5
      let slope = (objective.evaluate(up, &unused) - objective.evaluate(down, &unused)) / 2e-5
      #expect(abs(slope - gradient[k]) <= 1e-6 * max(1, abs(slope)))
    }
  }

  @Test("The value follows the definition")
  func value() {
    var stream = RandomStream(seed: 14)
    let x = stream.normalMatrix(rows: 6, columns: 4)
    let targets = softmaxRows(stream.normalMatrix(rows: 6, columns: 3))
    let own = softmaxRows(stream.normalMatrix(rows: 6, columns: 3))
    let point = (0..<15).map { _ in stream.normal() }
    let objective = JointSoftmaxObjective(
      heads: [.init(features: x, targets: own, emphasis: 2, share: 0.5)], targets: targets,
      rowWeights: [1, 2, 3, 4, 5, 6], penalty: 0.1)
    var gradient = point
    let value = objective.evaluate(point, &gradient)
    let weights = Matrix(rows: 3, columns: 4, values: Array(point[..<12])).transposed()
    let logits = SoftmaxRegression.Model(weights: weights, biases: Array(point[12...])).logits(x)
    let (fused, single) = (logSoftmaxRows(2 * logits), logSoftmaxRows(logits))
    var expected = 0.05 * point[..<12].reduce(0) { $0 + $1 * $1 }
    for i in 0..<6 {
      for c in 0..<3 {
        expected -= Double(i + 1) * (targets[i, c] * fused[i, c] + 0.5 * own[i, c] * single[i, c])
      }
    }
    #expect(abs(value - expected) <= 1e-12 * abs(expected))
  }

  @Test("At the minimum the gradient vanishes, and the minimum is repeatable to the bit")
  func minimum() {
    let objective = objective(rows: 40, features: [12, 7, 30])
    let models = objective.minimize()
    var point: [Double] = []
    for model in models { point += model.weights.transposed().values + model.biases }
    var gradient = point
    _ = objective.evaluate(point, &gradient)
    #expect(gradient.allSatisfy { abs($0) <= 2e-6 })
    let again = objective.minimize()
    #expect(zip(models, again).allSatisfy { $0.weights == $1.weights && $0.biases == $1.biases })
  }
}
