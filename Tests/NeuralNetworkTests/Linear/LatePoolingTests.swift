import LinearAlgebra
import NeuralNetwork
import Testing

@Suite("Late pooling")
struct LatePoolingTests {
  /// One informative modality and one of noise, two classes.
  private func problem() -> (posteriors: [Matrix], labels: [Int]) {
    var stream = RandomStream(seed: 3, name: "late-pooling")
    let labels = (0..<200).map { $0 % 2 }
    let informative = Matrix(
      labels.map { label in
        let shift = (label == 1 ? 1.5 : -1.5) + stream.normal()
        return [-shift / 2, shift / 2]
      })
    let noise = Matrix(labels.map { _ in [stream.normal(), stream.normal()] })
    return ([logSoftmaxRows(informative), logSoftmaxRows(noise)], labels)
  }

  private func loss(_ weights: [Double], _ posteriors: [Matrix], _ labels: [Int]) -> Double {
    let everyone = posteriors.map { _ in [Bool](repeating: true, count: labels.count) }
    let pooled = LatePooling(weights: weights).pool(posteriors, isMeasured: everyone)
    var sum = 0.0
    for (i, label) in labels.enumerated() { sum -= logarithm(pooled[i, label]) }
    let ridge = weights.reduce(0) { $0 + 1e-3 * logarithm($1) * logarithm($1) }
    return sum / Double(labels.count) + ridge
  }

  @Test("Reaches the minimum over a fine grid, and mistrusts noise")
  func minimum() {
    let (posteriors, labels) = problem()
    let everyone = posteriors.map { _ in [Bool](repeating: true, count: labels.count) }
    let rowWeights = [Double](repeating: 1 / Double(labels.count), count: labels.count)
    let fitted = LatePooling.fit(
      logPosteriors: posteriors, isMeasured: everyone, labels: labels, rowWeights: rowWeights)
    let reached = loss(fitted.weights, posteriors, labels)
    for a in stride(from: -5.0, through: 3, by: 0.1) {
      for b in stride(from: -5.0, through: 3, by: 0.1) {
        #expect(reached <= loss([exponential(a), exponential(b)], posteriors, labels) + 1e-9)
      }
    }
    #expect(fitted.weights[1] < 0.3 * fitted.weights[0])
  }

  @Test("A patient without a modality is pooled over the others; without any, uniform")
  func missing() {
    let posteriors = [Matrix([[-0.1, -2.4], [-0.1, -2.4]]), Matrix([[-2, -0.2], [-2, -0.2]])]
    let pooled = LatePooling(weights: [1, 2]).pool(
      posteriors, isMeasured: [[true, false], [false, false]])
    #expect(pooled[0, 0] > 0.9)
    #expect(pooled[1, 0] == 0.5)
  }

  @Test("With class shares as base, independent evidence is added up by Bayes' rule")
  func base() {
    // Two classes at shares .8 and .2; x and y independent within a class, x, y ~ N(±1, 1).
    var stream = RandomStream(seed: 9, name: "base")
    let labels = (0..<4000).map { _ in stream.uniform() < 0.8 ? 0 : 1 }
    let shares = [0.8, 0.2].map(logarithm)
    let evidence = (0..<2).map { _ in
      Matrix(
        labels.map { label in
          let log = 2 * (stream.normal() + (label == 1 ? 1 : -1))
          let odds = logSoftmaxRows(Matrix([[shares[0], shares[1] + log]]))
          return [odds[0, 0] - shares[0], odds[0, 1] - shares[1]]
        })
    }
    let everyone = evidence.map { _ in [Bool](repeating: true, count: labels.count) }
    let rowWeights = [Double](repeating: 1 / 4000, count: 4000)
    let fitted = LatePooling.fit(
      logPosteriors: evidence, isMeasured: everyone, labels: labels, rowWeights: rowWeights,
      base: shares)
    for weight in fitted.weights { #expect(abs(weight - 1) < 0.1) }
    // A single modality is calibrated too: twice its evidence gets half the weight.
    let doubled = LatePooling.fit(
      logPosteriors: [2 * evidence[0]], isMeasured: [everyone[0]], labels: labels,
      rowWeights: rowWeights, base: shares)
    #expect(abs(doubled.weights[0] - 0.5) < 0.05)
    // A row without evidence stands at the base.
    let empty = fitted.pool(
      evidence, isMeasured: everyone.map { $0.map { _ in false } }, base: shares)
    #expect(abs(empty[0, 0] - 0.8) < 1e-12)
  }
}
