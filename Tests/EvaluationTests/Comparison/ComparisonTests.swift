import Evaluation
import LinearAlgebra
import Testing

@Suite("Comparisons")
struct ComparisonTests {
  private static let labels = (0..<120).map { $0 % 3 }

  /// Predictions that are right with the given chance, over 2 repeats of 5 folds.
  private static func method(_ name: String, _ chance: Double, seed: UInt64) -> MethodPredictions {
    let plan = FoldPlan(labels: labels, folds: 5, repeats: 2, streams: RandomStreams(seed: 1))
    var stream = RandomStream(seed: seed)
    let folds = plan.tasks.map { task in
      let rows = plan.testRows(repeat: task.repeat, fold: task.fold)
      var probabilities = Matrix(rows: rows.count, columns: 3, repeating: 0.2)
      for (position, row) in rows.enumerated() {
        let isRight = stream.uniform() < chance
        probabilities[position, isRight ? labels[row] : (labels[row] + 1) % 3] = 0.6
      }
      return MethodPredictions.Fold(
        repeat: task.repeat, fold: task.fold, trainCount: 96, rows: rows,
        probabilities: probabilities)
    }
    return MethodPredictions(name: name, folds: folds)
  }

  private static let good = method("good", 0.9, seed: 1)
  private static let poor = method("poor", 0.4, seed: 2)
  private static let alike = method("alike", 0.9, seed: 3)
  private static let bootstrap = PatientBootstrap(
    labels: labels, classCount: 3, resampleCount: 300,
    stream: RandomStream(seed: 1, name: "bootstrap/patients"))

  private func compared(metric: any Metric = MacroF1(), threads: Int = 1) throws -> [Comparison] {
    let twin = MethodPredictions(name: "twin", folds: Self.good.folds)
    return try ComparisonPlan(
      reference: "good", primaryOpponent: "poor", metric: metric, bootstrap: Self.bootstrap
    ).comparisons(
      of: [Self.poor, Self.good, Self.alike, twin], labels: Self.labels, threads: threads)
  }

  @Test("A real difference is seen, an identical method is marked")
  func outcome() throws {
    let comparisons = try compared()
    #expect(comparisons.map(\.b) == ["poor", "alike", "twin"])
    let (poor, alike, twin) = (comparisons[0], comparisons[1], comparisons[2])
    #expect(poor.difference > 0.3 && poor.showsDifference && poor.isPrimary)
    #expect(poor.pairCount == 10 && poor.ci95.contains(poor.difference))
    #expect(abs(poor.pHolm - 3 * poor.p) <= 1e-15)
    #expect(!alike.isIdentical && !alike.showsDifference)
    #expect(try #require(alike.bootstrapCI95).contains(alike.difference))
    #expect(twin.isIdentical && twin.difference == 0 && twin.p == 1 && !twin.showsDifference)
    #expect(twin.bootstrapCI95 == Interval(lower: 0, upper: 0))
    #expect(poor.smallestDetectableGain > 0)
  }

  @Test("Thread count changes nothing; metrics on probabilities have no bootstrap")
  func variants() throws {
    #expect(try compared() == compared(threads: 2))
    let brier = try compared(metric: Brier())
    #expect(brier[0].difference < 0 && brier[0].bootstrapCI95 == nil)
  }

  @Test("Only common folds are paired")
  func commonFolds() throws {
    let partial = MethodPredictions(name: "partial", folds: Array(Self.poor.folds.prefix(4)))
    let plan = ComparisonPlan(reference: "good", bootstrap: nil)
    let comparisons = try plan.comparisons(of: [Self.good, partial], labels: Self.labels)
    #expect(comparisons.map(\.pairCount) == [4])
    let one = MethodPredictions(name: "one", folds: Array(Self.poor.folds.prefix(1)))
    #expect(try plan.comparisons(of: [Self.good, one], labels: Self.labels).isEmpty)
    #expect(try plan.comparisons(of: [one], labels: Self.labels).isEmpty)
  }

  @Test("Bootstrap scores scatter about the pooled value; groups widen the spread")
  func resampling() throws {
    let scores = Self.bootstrap.scores(of: Self.poor)
    let pooled = (0..<2).map { index in
      let folds = Self.poor.folds.filter { $0.repeat == index }
      return macroF1(
        truth: folds.flatMap { $0.rows.map { Self.labels[$0] } },
        predicted: folds.flatMap { argmaxRows($0.probabilities) }, classCount: 3)
    }
    #expect(abs(orderedMean(scores) - (pooled[0] + pooled[1]) / 2) < 0.01)
    #expect(scores == Self.bootstrap.scores(of: Self.poor))

    // Ten copies of each patient: resampling patients would be ten times too sure.
    let labels = (0..<300).map { ($0 / 10) % 3 }
    let probabilities = Matrix(
      labels.enumerated().map { row, label in
        let isRight = (row / 10) % 4 != 0
        let predicted = isRight ? label : (label + 1) % 3
        return (0..<3).map { $0 == predicted ? 1.0 : 0.0 }
      })
    let method = MethodPredictions(
      name: "copied",
      folds: [
        .init(
          repeat: 0, fold: 0, trainCount: 10, rows: Array(0..<300), probabilities: probabilities)
      ])
    func spread(_ groups: [String]?) -> Double {
      let values = PatientBootstrap(
        labels: labels, classCount: 3, groups: groups, resampleCount: 400,
        stream: RandomStream(seed: 3)
      ).scores(of: method)
      let mean = orderedMean(values)
      return orderedMean(values.map { ($0 - mean) * ($0 - mean) })
    }
    let ratio = spread((0..<300).map { "g\($0 / 10)" }) / spread(nil)
    #expect(ratio > 6 && ratio < 15, "variance ratio \(ratio), about 10 expected")
  }
}
