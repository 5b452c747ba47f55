import Evaluation
import Foundation
import LinearAlgebra
import Testing
import _TestSupport

@testable import Equipoise

@Suite struct ValidationFiguresTests {
  /// Figures of scikit-learn, by `scripts/golden-validation.py`.
  private struct Reference: Decodable {
    let truth: [Int]
    let probabilities: [[Double]]
    let metrics: [String: Double]
    let recall: [Double]
    let precision: [Double]
    let slope: [Double]
    let intercept: [Double]
    let in_the_large: [Double]

    static func read() throws -> Reference {
      let url = repositoryRoot.appending(path: "Tests/Fixtures/validation.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    }
    var rows: ScoredRows { ScoredRows(truth: truth, probabilities: Matrix(probabilities)) }
  }

  @Test func figuresAreThoseOfScikitLearn() throws {
    let reference = try Reference.read()
    let figures = ValidationFigures(reference.rows, resampleCount: 0)
    #expect(reference.metrics.count == 8)
    for (name, expected) in reference.metrics {
      let value = try #require(figures.value(name), "\(name)")
      #expect(abs(value - expected) < 1e-10, "\(name)")
    }
    let classes = ValidationClass.all(reference.rows, names: ["a", "b", "c", "d"])
    for (c, each) in classes.enumerated() {
      let line = try #require(each.calibration)
      #expect(abs(line.slope.value - reference.slope[c]) < 1e-10)
      #expect(abs(line.intercept.value - reference.intercept[c]) < 1e-10)
      #expect(abs(line.inTheLarge.value - reference.in_the_large[c]) < 1e-10)
      #expect(abs((each.recall ?? -1) - reference.recall[c]) < 1e-10)
      #expect(abs((each.precision ?? -1) - reference.precision[c]) < 1e-10)
    }
  }

  @Test func intervalsHoldTheValueAndFollowTheSeed() throws {
    let rows = try Reference.read().rows
    let streams = RandomStreams(seed: 3)
    let one = ValidationFigures(rows, resampleCount: 200, streams: streams, threads: 1)
    let three = ValidationFigures(rows, resampleCount: 200, streams: streams, threads: 3)
    #expect(one == three)
    #expect(one != ValidationFigures(rows, resampleCount: 200, streams: RandomStreams(seed: 4)))
    for figure in one.metrics where figure.name != "ece" {
      let (value, interval) = (try #require(figure.value), try #require(figure.interval))
      #expect(interval.lower < value && value < interval.upper, "\(figure.name)")
    }
    // A share of n patients has standard error √(a (1 − a) / n).
    let accuracy = try #require(one.metrics.first { $0.name == "accuracy" })
    let (a, interval) = (try #require(accuracy.value), try #require(accuracy.interval))
    let width = 2 * 1.96 * (a * (1 - a) / Double(rows.truth.count)).squareRoot()
    #expect(abs((interval.upper - interval.lower) / width - 1) < 0.2)
  }

  @Test func honestProbabilitiesHaveSlopeOne() throws {
    var stream = RandomStream(seed: 8, name: "line")
    let p = (0..<20_000).map { _ in 0.02 + 0.96 * stream.uniform() }
    let happened = p.map { stream.uniform() < $0 }
    let line = try #require(CalibrationLine(probabilities: p, happened: happened))
    #expect(line.slope.interval.lower < 1 && 1 < line.slope.interval.upper)
    #expect(line.inTheLarge.interval.lower < 0 && 0 < line.inTheLarge.interval.upper)
    // Twice the log-odds: half the slope, to the last digits.
    let bold = p.map { p in p * p / (p * p + (1 - p) * (1 - p)) }
    let steeper = try #require(CalibrationLine(probabilities: bold, happened: happened))
    #expect(abs(2 * steeper.slope.value - line.slope.value) < 1e-9)
    #expect(abs(steeper.intercept.value - line.intercept.value) < 1e-9)
  }

  @Test func whatCannotBeToldIsNil() {
    let never = CalibrationLine(probabilities: [0.1, 0.7], happened: [false, false])
    let always = CalibrationLine(probabilities: [0.1, 0.7], happened: [true, true])
    let separated = CalibrationLine(
      probabilities: [0.1, 0.2, 0.8, 0.9], happened: [false, false, true, true])
    let extreme = CalibrationLine(
      probabilities: [0, 0, 1, 1], happened: [false, true, true, false])
    #expect(never == nil && always == nil && separated == nil)
    #expect(extreme.map { $0.slope.value.isFinite } ?? true)
    #expect(CalibrationLine(probabilities: [], happened: []) == nil)
  }
}
