import Learning
import LinearAlgebra
import Testing

/// Rivals that add a loss or weigh losses.
@Suite struct LossRivalTests {
  private let labels = [0, 1, 2, -1, 0, 1]
  private let weights = [0.2, 0.1, 0.3, 0.4, 0.25, 0.15]

  private func matrix(_ name: String, rows: Int = 6, columns: Int = 3) -> Matrix {
    var stream = RandomStream(seed: 3, name: name)
    return stream.normalMatrix(rows: rows, columns: columns)
  }

  /// Largest difference of a slope from central differences.
  private func error(
    of slope: Matrix, at point: Matrix, _ value: (Matrix) -> Double
  ) -> Double {
    var largest = 0.0
    for p in point.values.indices {
      var (up, down) = (point, point)
      up.values[p] += 1e-5
      down.values[p] -= 1e-5
      largest = max(largest, abs((value(up) - value(down)) / 2e-5 - slope.values[p]))
    }
    return largest
  }

  @Test("Uncertainties: slopes by finite differences; at a fixed loss e^s ends at 2 L")
  func uncertainties() {
    let losses = [0.3, 2.0]
    func objective(_ s: [Double]) -> Double {
      zip(s, losses).reduce(0) { $0 + exponential(-$1.0) * $1.1 + $1.0 / 2 }
    }
    var rule = LossUncertainties(lossCount: 2)
    #expect(rule.weights == [1, 1])
    rule.set([0.4, -0.7])
    let slopes = Matrix([rule.slopes(losses: losses)])
    #expect(error(of: slopes, at: Matrix([[0.4, -0.7]])) { objective($0.values) } < 1e-9)
    for _ in 0..<400 {
      rule.set(
        zip(rule.logVariances, rule.slopes(losses: losses)).map { $0 - 0.5 * $1 })
    }
    for (s, loss) in zip(rule.logVariances, losses) {
      #expect(abs(exponential(s) - 2 * loss) < 1e-9)
    }
  }

  @Test("Prototypes: class means, then four fifths of the new ones; classes without a patient wait")
  func prototypes() {
    var prototypes = ClassPrototypes(classCount: 3, width: 1)
    prototypes.renew(Matrix([[1], [3], [10], [99]]), labels: [0, 0, 1, -1])
    #expect(prototypes.centers == Matrix([[2], [10], [0]]))
    #expect(prototypes.isKnown == [true, true, false])
    prototypes.renew(Matrix([[7], [5]]), labels: [0, 2])
    #expect(prototypes.centers.maximumDifference(from: Matrix([[6], [10], [5]])) < 1e-14)
    // Halfway between both, and at a center 4 from the other.
    var pair = ClassPrototypes(classCount: 2, width: 1)
    pair.renew(Matrix([[0], [4]]), labels: [0, 1])
    let near = 1 / (1 + exponential(-4))
    #expect(abs(pair.meanScore(Matrix([[2], [0]]), labels: [1, 0]) - (0.5 + near) / 2) < 1e-14)
    #expect(pair.meanScore(Matrix([[2]]), labels: [-1]) == 0)
  }

  @Test("Prototypes: slope by finite differences, none without a label or class mean")
  func prototypeSlope() {
    var prototypes = ClassPrototypes(classCount: 4, width: 3)
    prototypes.renew(matrix("first"), labels: labels)
    let embedding = matrix("second")
    let labels = [0, 1, 2, -1, 3, 1]
    let (_, slope) = prototypes.loss(embedding, labels: labels, rowWeights: weights)
    #expect(
      error(of: slope, at: embedding) {
        prototypes.loss($0, labels: labels, rowWeights: weights).value
      } < 1e-8)
    for i in [3, 4] { #expect(slope.row(i).allSatisfy { $0 == 0 }) }
    #expect(slope.row(0).contains { $0 != 0 })
    // A patient at its class mean pulls in no direction of its own.
    let center = Matrix([Array(prototypes.centers.row(1))])
    let atCenter = prototypes.loss(center, labels: [1], rowWeights: [1])
    #expect(atCenter.value.isFinite && atCenter.slope.values.allSatisfy(\.isFinite))
  }

  @Test("Blending: gain over squared overfitting, whatever the scale; equal where nothing fell")
  func blending() {
    func pairs(_ values: [(Double, Double)], scale: Double = 1) -> [LossPair?] {
      values.map { LossPair(training: scale * $0.0, validation: scale * $0.1) }
    }
    // ΔG .3, .1, -.2; ΔO .1, .2, .5.
    let before = [(1.0, 1.1), (1.0, 1.2), (1.0, 1.3)]
    let now = [(0.6, 0.8), (0.7, 1.1), (0.7, 1.5)]
    let weights = blendingWeights(before: pairs(before), now: pairs(now))
    let expected = [30.0 / 32.5, 2.5 / 32.5, 0]
    for (a, b) in zip(weights, expected) { #expect(abs(a - b) < 1e-12) }
    let scaled = blendingWeights(
      before: pairs(before, scale: 7), now: pairs(now, scale: 7))
    for (a, b) in zip(weights, scaled) { #expect(abs(a - b) < 1e-12) }
    #expect(blendingWeights(before: pairs(now), now: pairs(now)) == [1, 1, 1].map { $0 / 3 })
    let unjudged = blendingWeights(
      before: [nil] + pairs(before).dropFirst(), now: [nil] + pairs(now).dropFirst())
    #expect(unjudged == [0, 1, 0])
    #expect(blendingWeights(before: [], now: []) == [])
    // Gain without overfitting counts by the floor, and stays finite.
    #expect(
      blendingWeights(before: pairs([(2, 2), (1, 1)]), now: pairs([(1, 1), (1, 1)])) == [1, 0])
  }

  @Test("Reconcilement: slope by finite differences with all terms")
  func reconcilementSlope() {
    let loss = ReconcilementLoss(labelWeight: 5, residualWeight: 1, agreement: 0.5)
    let (logits, others) = (matrix("logits"), matrix("others"))
    let previous = (
      posteriors: softmaxRows(matrix("previous")),
      isKnown: [true, true, false, true, true, false]
    )
    func value(_ logits: Matrix) -> (value: Double, slope: Matrix) {
      loss(logits, others: others, previous: previous, labels: labels, rowWeights: weights)
    }
    #expect(error(of: value(logits).slope, at: logits) { value($0).value } < 1e-8)
  }

  @Test(
    "Reconcilement: without others plain cross-entropy up to scale; what others know counts less")
  func reconcilementCases() {
    let loss = ReconcilementLoss()
    let logits = matrix("logits")
    let silent = Matrix(rows: 6, columns: 3)
    let (value, _) = loss(
      logits, others: silent, previous: nil, labels: labels, rowWeights: weights)
    let logPosteriors = logSoftmaxRows(logits)
    let plain = labels.indices.filter { labels[$0] >= 0 }
      .reduce(0) { $0 - weights[$1] * logPosteriors[$1, labels[$1]] }
    #expect(abs(value - (5 - 1.0 / 3) / 3 * plain) < 1e-12)
    var knowing = silent
    for i in labels.indices where labels[i] >= 0 { knowing[i, labels[i]] = 20 }
    let told = loss(
      logits, others: knowing, previous: nil, labels: labels, rowWeights: weights)
    #expect(abs(told.value - 4.0 / 3 * plain) < 1e-6)
    let empty = loss(
      logits, others: silent, previous: nil, labels: labels.map { _ in -1 }, rowWeights: weights)
    #expect(empty.value == 0 && empty.slope.values.allSatisfy { $0 == 0 })
  }

  @Test(
    "Distance of embeddings: slope by finite differences; nothing at the target or without rows")
  func distance() {
    let (embedding, target) = (matrix("embedding"), matrix("target"))
    let counted = [true, false, true, true, false, true]
    let (_, slope) = embeddingDistance(
      embedding, target: target, isCounted: counted, strength: 10)
    #expect(
      error(of: slope, at: embedding) {
        embeddingDistance($0, target: target, isCounted: counted, strength: 10).value
      } < 1e-8)
    let same = embeddingDistance(target, target: target, isCounted: counted, strength: 10)
    #expect(same.value == 0 && same.slope.values.allSatisfy { $0 == 0 })
    let none = embeddingDistance(
      embedding, target: target, isCounted: counted.map { _ in false }, strength: 10)
    #expect(none.value == 0 && none.slope.values.allSatisfy { $0 == 0 })
  }
}
