import Evaluation
import LinearAlgebra
import Testing

@Suite struct GuessingTests {
  /// Macro-F1 of a guess q against shares π, in the mean over many patients.
  private func expected(_ shares: [Double], _ guess: [Double]) -> Double {
    zip(shares, guess).map { 2 * $0 * $1 / ($0 + $1) }.reduce(0, +) / Double(shares.count)
  }

  @Test func noGuessReachesMore() {
    var stream = RandomStream(seed: 2)
    for classes in 2...6 {
      let bound = Guessing.highestMacroF1(classCount: classes)
      for _ in 0..<200 {
        func draw() -> [Double] {
          let raw = (0..<classes).map { _ in 0.01 + stream.uniform() }
          let sum = raw.reduce(0, +)
          return raw.map { $0 / sum }
        }
        let (shares, guess) = (draw(), draw())
        #expect(expected(shares, guess) <= bound + 1e-12)
        #expect(abs(expected(shares, shares) - bound) < 1e-12)
      }
    }
  }

  @Test func pIsOneSided() throws {
    let values = [0.5, 0.7, 0.6]
    let test = try #require(PairedTest(differences: values, design: .independentDraws))
    #expect(abs(Guessing.p(test, above: 0.6) - 0.5) < 1e-12)
    let (low, high) = (Guessing.p(test, above: 0.5), Guessing.p(test, above: 0.7))
    #expect(low < 0.15 && abs(low + high - 1) < 1e-12)
    let shifted = try #require(
      PairedTest(differences: values.map { $0 - 0.5 }, design: .independentDraws))
    #expect(abs(low - shifted.p / 2) < 1e-12)
    let constant = try #require(PairedTest(differences: [1, 1], design: .independentDraws))
    #expect(Guessing.p(constant, above: 0.5) == 0 && Guessing.p(constant, above: 1) == 1)
  }

  @Test func resamplesCountThoseNotAbove() {
    #expect(Guessing.p(resampled: [0.2, 0.5, 0.6, .nan, 0.7], above: 0.5) == 3.0 / 5)
    #expect(Guessing.p(resampled: [.nan], above: 0.5) == 1)
  }

  @Test func nothingIsLearnedOnlyWhereThatWasTried() {
    func methods(_ p: [Double?]) -> [StudySummary.Method] {
      p.map { StudySummary.Method(name: "m", metrics: [:], pAboveGuessing: $0) }
    }
    #expect(methods([1, 0.05, nil]).learnedNothing)
    #expect(!methods([1, 0.04]).learnedNothing)
    #expect(!methods([nil, nil]).learnedNothing && !methods([]).learnedNothing)
  }
}
