import Baselines
import LinearAlgebra
import NeuralNetwork
import Testing

@Suite struct LogisticFamilyTests {
  private static func rows(_ n: Int, _ d: Int, _ classCount: Int) -> LabelledRows {
    var stream = RandomStream(seed: 1, name: "logistic/\(n)/\(d)")
    var features = stream.normalMatrix(rows: n, columns: d)
    let labels = (0..<n).map { i in i < classCount ? i : min(stream.below(6), classCount - 1) }
    for i in 0..<n { features[i, labels[i] % d] += 1 }
    return LabelledRows(features: features, labels: labels, classCount: classCount)
  }

  /// Gradient of ½‖W‖² + C Σ ω CE at a model, straight from the definition.
  private static func gradient(
    _ rows: LabelledRows, _ model: SoftmaxRegression.Model, isBalanced: Bool
  ) -> (weights: Matrix, biases: [Double]) {
    let n = Double(rows.labels.count)
    var counts = [Double](repeating: 0, count: rows.classCount)
    for label in rows.labels { counts[label] += 1 }
    let probabilities = softmaxRows(model.logits(rows.features))
    var weights = model.weights
    var biases = [Double](repeating: 0, count: rows.classCount)
    for (i, label) in rows.labels.enumerated() {
      let weight = isBalanced ? n / (Double(rows.classCount) * counts[label]) : 1
      for c in 0..<rows.classCount {
        let slope = 0.1 * weight * (probabilities[i, c] - (c == label ? 1 : 0))
        biases[c] += slope
        for j in 0..<weights.rowCount { weights[j, c] += slope * rows.features[i, j] }
      }
    }
    return (weights, biases)
  }

  @Test(arguments: [false, true]) func convergesToTheStatedOptimum(isBalanced: Bool) throws {
    for (n, d) in [(60, 4), (40, 90)] {
      let rows = Self.rows(n, d, 3)
      let model = try LogisticFamily(isBalanced: isBalanced).candidates(rows)[0]
      let gradient = Self.gradient(rows, model, isBalanced: isBalanced)
      let largest = (gradient.weights.values + gradient.biases).map(abs).max() ?? .nan
      #expect(largest < 1e-5)
    }
  }

  @Test(arguments: [false, true]) func agreesWithPlainGradientDescent(isBalanced: Bool) throws {
    let rows = Self.rows(30, 3, 3)
    let model = try LogisticFamily(isBalanced: isBalanced).candidates(rows)[0]
    var slow = SoftmaxRegression.Model(
      weights: Matrix(rows: 3, columns: 3), biases: [0, 0, 0])
    for _ in 0..<20_000 {
      let gradient = Self.gradient(rows, slow, isBalanced: isBalanced)
      var weights = slow.weights
      weights.add(gradient.weights, times: -0.1)
      slow = SoftmaxRegression.Model(
        weights: weights, biases: zip(slow.biases, gradient.biases).map { $0 - 0.1 * $1 })
    }
    let difference = softmaxRows(model.logits(rows.features))
      .maximumDifference(from: softmaxRows(slow.logits(rows.features)))
    // The solver stops at a gradient of 1e-6, which leaves a few times that in probabilities.
    #expect(difference < 5e-6)
  }

  @Test func balancedBiasesIgnoreClassSizes() throws {
    // Without features the optimum is the class frequencies, or equal shares.
    let labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2]
    let rows = LabelledRows(
      features: Matrix(rows: 10, columns: 0), labels: labels, classCount: 3)
    for (family, expected) in [
      (LogisticFamily(isBalanced: false), [0.6, 0.3, 0.1]),
      (LogisticFamily(isBalanced: true), [1.0 / 3, 1.0 / 3, 1.0 / 3]),
    ] {
      let model = try family.candidates(rows)[0]
      let probabilities = softmaxRows(model.logits(Matrix(rows: 1, columns: 0)))
      for c in 0..<3 { #expect(abs(probabilities[0, c] - expected[c]) < 1e-6) }
    }
  }

  @Test func emptyColumnsRowOrderAndClassNamesChangeNothing() throws {
    let rows = Self.rows(50, 6, 3)
    let family = LogisticFamily(isBalanced: true)
    let reference = softmaxRows(try family.candidates(rows)[0].logits(rows.features))

    let padded = Matrix.horizontal([rows.features, Matrix(rows: 50, columns: 60)])
    let wide = LabelledRows(features: padded, labels: rows.labels, classCount: 3)
    let fromWide = softmaxRows(try family.candidates(wide)[0].logits(padded))
    #expect(fromWide.maximumDifference(from: reference) < 1e-5)

    var stream = RandomStream(seed: 1, name: "order")
    let order = stream.permutation(50)
    let shuffled = LabelledRows(
      features: rows.features.selecting(rows: order), labels: order.map { rows.labels[$0] },
      classCount: 3)
    let fromShuffled = softmaxRows(try family.candidates(shuffled)[0].logits(rows.features))
    #expect(fromShuffled.maximumDifference(from: reference) < 1e-5)

    let renamed = LabelledRows(
      features: rows.features, labels: rows.labels.map { ($0 + 1) % 3 }, classCount: 3)
    let fromRenamed = softmaxRows(try family.candidates(renamed)[0].logits(rows.features))
    #expect(fromRenamed.selecting(columns: [1, 2, 0]).maximumDifference(from: reference) < 1e-5)
  }

  @Test func aClassNeverSeenIsNeverPredicted() throws {
    let rows = Self.rows(50, 6, 3)
    let labels = rows.labels.map { $0 == 1 ? 3 : $0 }
    let gappy = LabelledRows(features: rows.features, labels: labels, classCount: 5)
    let model = try LogisticFamily(isBalanced: true).candidatesForSeenClasses(gappy)[0]
    let probabilities = softmaxRows(model.logits(rows.features))
    let known = softmaxRows(
      try LogisticFamily(isBalanced: true).candidatesForSeenClasses(
        LabelledRows(
          features: rows.features, labels: rows.labels.map { [0, 2, 1][$0] }, classCount: 3))[0]
        .logits(rows.features))
    for i in 0..<50 {
      #expect(probabilities[i, 1] < 1e-12 && probabilities[i, 4] < 1e-12)
      #expect(abs(probabilities[i, 3] - known[i, 2]) < 1e-10)
    }
    let single = LabelledRows(
      features: rows.features, labels: [Int](repeating: 2, count: 50), classCount: 3)
    for model in try DiscriminantFamily().candidatesForSeenClasses(single) {
      #expect(argmaxRows(model.logits(rows.features)) == single.labels)
    }
  }
}
