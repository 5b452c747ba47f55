import Evaluation
import Testing
import _TestSupport

@Suite("Paired tests and corrections")
struct PairedTestTests {
  @Test("Nadeau and Bengio")
  func corrected() throws {
    let golden = Golden.shared["nadeau_bengio"]
    let ratio = golden["n_test"].double / golden["n_train"].double
    let test = try #require(
      PairedTest(
        differences: golden["diff"].doubles, design: .crossValidation(testTrainRatio: ratio)))
    #expect(abs(test.difference - golden["mean"].double) <= 1e-14)
    #expect(abs(try #require(test.statistic) - golden["t"].double) <= 1e-12)
    #expect(test.degreesOfFreedom == golden["df"].int)
    #expect(abs(test.p - golden["p_two_sided"].double) <= 1e-12)
    // The interval touches 0 exactly at level 1 - p.
    let interval = test.interval(level: 1 - test.p)
    #expect(abs(interval.lower) <= 1e-12)
    #expect(abs(interval.lower + interval.upper - 2 * test.difference) <= 1e-15)
  }

  @Test("Ordinary test: no term for shared training rows")
  func ordinary() throws {
    let differences = [0.1, 0.3, 0.2, -0.1, 0.4]
    let test = try #require(PairedTest(differences: differences, design: .independentDraws))
    // mean .18, sd² .037 → t = .18 / √(.037/5)
    #expect(abs(try #require(test.statistic) - 0.18 / (0.037 / 5).squareRoot()) <= 1e-12)
    let shared = try #require(
      PairedTest(differences: differences, design: .crossValidation(testTrainRatio: 0.25)))
    #expect(shared.standardError > test.standardError)
    #expect(shared.p > test.p)
    let student = StudentT(degreesOfFreedom: 4)
    let gain = (student.quantile(0.975) + student.quantile(0.8)) * test.standardError
    #expect(test.smallestDetectableDifference() == gain)
  }

  @Test("Differences that do not vary")
  func constant() throws {
    let zero = try #require(
      PairedTest(differences: [0, 0, 0], design: .crossValidation(testTrainRatio: 0.25)))
    #expect(zero.p == 1 && zero.isDegenerate && zero.standardError == 0)
    let same = try #require(PairedTest(differences: [0.1, 0.1, 0.1], design: .independentDraws))
    #expect(same.p == 0 && same.isDegenerate && same.difference == 0.1)
    #expect(PairedTest(differences: [0.1], design: .independentDraws) == nil)
  }

  @Test("Holm and Benjamini–Hochberg")
  func adjusted() {
    let golden = Golden.shared["multiple_testing"]
    let p = golden["p"].doubles
    for (value, expected) in zip(MultipleTesting.holm(p), golden["holm"].doubles) {
      #expect(abs(value - expected) <= 1e-15)
    }
    for (value, expected) in zip(MultipleTesting.benjaminiHochberg(p), golden["bh"].doubles) {
      #expect(abs(value - expected) <= 1e-15)
    }
    #expect(MultipleTesting.holm([]).isEmpty)
    #expect(MultipleTesting.holm([0.7, 0.6]) == [1, 1])
  }
}
