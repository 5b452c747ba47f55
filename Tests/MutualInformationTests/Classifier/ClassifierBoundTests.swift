import LinearAlgebra
import MutualInformation
import Testing

@Suite("Classifier bound")
struct ClassifierBoundTests {
  /// True posteriors of two shifted normal classes.
  private func posteriors(_ x: Matrix, shift: Double) -> Matrix {
    softmaxRows(Matrix(x.values.map { [0, shift * $0 - shift * shift / 2] }))
  }

  @Test("With the true posteriors the bound is the information")
  func truth() throws {
    let (x, labels) = shiftedClasses(4000, shift: 2, seed: 3)
    let bound = ClassifierBound(
      probabilities: posteriors(x, shift: 2), labels: labels,
      folds: [Int](repeating: 0, count: 4000), priors: [[0.5, 0.5]])
    let error = try #require(bound.standardError)
    #expect(error < 0.02)
    #expect(abs(bound.estimate - 0.3368) < 3 * error)
    let interval = try #require(bound.interval(stream: RandomStream(seed: 1)))
    #expect(interval.0 < bound.estimate && bound.estimate < interval.1)
  }

  @Test("The shares themselves tell nothing; unlabelled rows and unseen classes count for nothing")
  func nothing() {
    let labels = [0, 1, -1, 1, 2]
    let folds = [0, 0, 0, 1, 1]
    let priors = foldPriors(labels: labels, folds: folds, classCount: 3)
    #expect(priors == [[0, 0.5, 0.5], [0.5, 0.5, 0]])
    let shares = Matrix(folds.map { priors[$0] })
    let bound = ClassifierBound(
      probabilities: shares, labels: labels, folds: folds, priors: priors)
    #expect(bound.rows == [0, 1, 3, 4])
    #expect(bound.terms == [0, 0, 0, 0])
  }

  @Test("Cross-fitted regression: bound below the truth, near it; noise near or below 0")
  func crossFit() throws {
    let (x, labels) = shiftedClasses(600, shift: 2, seed: 1)
    let fit = try CrossFit(features: x, labels: labels, stream: RandomStream(seed: 1))
    #expect(abs(fit.bound.estimate - 0.3368) < 0.08)
    #expect(
      try CrossFit(features: x, labels: labels, stream: RandomStream(seed: 1), threads: 2)
        .probabilities == fit.probabilities)
    var stream = RandomStream(seed: 2)
    let noise = stream.normalMatrix(rows: 600, columns: 8)
    let none = try CrossFit(features: noise, labels: labels, stream: RandomStream(seed: 1))
    #expect(none.bound.estimate < 0.01)
    func p(_ fit: CrossFit) -> Double {
      PermutationTest.classifierP(
        probabilities: fit.probabilities, labels: fit.labels, folds: fit.folds,
        priors: fit.priors, stream: RandomStream(seed: 4))
    }
    #expect(p(fit) == 1.0 / 201)
    #expect(p(none) > 0.02)
  }

  @Test("Unique information: paired differences and sign flips")
  func unique() throws {
    let (x, labels) = shiftedClasses(200, shift: 1.5, seed: 5)
    let informed = posteriors(x, shift: 1.5)
    let plain = Matrix(rows: 200, columns: 2, repeating: 0.5)
    let unique = UniqueInformation(all: informed, without: plain, labels: labels)
    #expect(unique.estimate > 2 * (try #require(unique.standardError)))
    #expect(unique.signFlipP(flips: 2000, stream: RandomStream(seed: 1)) < 0.005)
    let none = UniqueInformation(all: plain, without: plain, labels: labels)
    #expect(none.estimate == 0)
    #expect(none.signFlipP(flips: 100, stream: RandomStream(seed: 1)) == 1)
    // Three rows: the observed signs are one of eight, so p is about 1/8.
    let three = UniqueInformation(
      all: Matrix([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3]]),
      without: Matrix(rows: 3, columns: 2, repeating: 0.5), labels: [0, 0, 0])
    let p = three.signFlipP(flips: 8000, stream: RandomStream(seed: 2))
    #expect(abs(p - 0.125) < 0.015)
  }

  @Test("Few rows take a bootstrap interval")
  func fewRows() throws {
    let (x, labels) = shiftedClasses(50, shift: 2, seed: 8)
    let bound = ClassifierBound(
      probabilities: posteriors(x, shift: 2), labels: labels,
      folds: [Int](repeating: 0, count: 50), priors: [[0.5, 0.5]])
    let interval = try #require(bound.interval(stream: RandomStream(seed: 1)))
    let error = try #require(bound.standardError)
    let width = (interval.1 - interval.0) / (2 * 1.96 * error)
    #expect(interval.0 < bound.estimate && bound.estimate < interval.1)
    #expect(width > 0.8 && width < 1.2)
  }
}
