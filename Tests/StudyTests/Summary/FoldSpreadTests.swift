import Evaluation
import Study
import Testing

@Suite struct FoldSpreadTests {
  private static let folds = ReplicateDesign.crossValidation(testTrainRatio: 0.25)

  @Test func knownValues() throws {
    let spread = try #require(FoldSpread(values: [0.5, 0.7, nil, 0.6], design: Self.folds))
    #expect(abs(spread.mean - 0.6) < 1e-15)
    #expect(abs((spread.standardDeviation ?? 0) - 0.1) < 1e-12)
    // t(0.975, 2) = 4.302652729911275; sqrt((1/3 + 1/4) * 0.01)
    let half = 4.302652729911275 * (0.01 * (1.0 / 3 + 0.25)).squareRoot()
    let interval = try #require(spread.interval)
    #expect(abs(interval.lower - (0.6 - half)) < 1e-9)
    #expect(abs(interval.upper - (0.6 + half)) < 1e-9)
  }

  @Test func independentDrawsHaveTheOrdinaryInterval() throws {
    let spread = try #require(FoldSpread(values: [0.5, 0.7, 0.6], design: .independentDraws))
    // t(0.975, 2) = 4.302652729911275; sqrt(0.01 / 3)
    let half = 4.302652729911275 * (0.01 / 3.0).squareRoot()
    let interval = try #require(spread.interval)
    #expect(abs(interval.lower - (0.6 - half)) < 1e-9)
    #expect(abs(interval.upper - (0.6 + half)) < 1e-9)
  }

  @Test func withoutSpread() throws {
    #expect(FoldSpread(values: [nil, .nan], design: Self.folds) == nil)
    let single = try #require(FoldSpread(values: [0.5], design: Self.folds))
    #expect(single.mean == 0.5)
    #expect(single.standardDeviation == nil)
    #expect(single.interval == nil)
    let constant = try #require(FoldSpread(values: [0.5, 0.5], design: Self.folds))
    #expect(constant.standardDeviation == 0)
    #expect(constant.interval?.lower == 0.5)
  }
}
