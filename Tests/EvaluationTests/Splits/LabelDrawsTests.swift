import LinearAlgebra
import Testing

@testable import Evaluation

@Suite struct LabelDrawsTests {
  /// 60 patients of class 0, 30 of 1, 8 of 2, then 12 unlabelled ones.
  private let labels =
    [Int](repeating: 0, count: 60) + [Int](repeating: 1, count: 30)
    + [Int](repeating: 2, count: 8) + [Int](repeating: -1, count: 12)
  private var folds: FoldPlan {
    FoldPlan(labels: labels, folds: 4, repeats: 2, streams: RandomStreams(seed: 3))
  }

  private func draws(_ count: Int = 40, seed: UInt64 = 3) -> LabelDraws {
    LabelDraws(count: count, folds: folds, labels: labels, streams: RandomStreams(seed: seed))
  }

  private func counts(_ rows: [Int]) -> [Int] {
    (0..<3).map { label in rows.count { labels[$0] == label } }
  }

  @Test func drawsHoldTrainingPatientsOfTheFirstFold() {
    let draws = draws()
    let pool = Set(folds.trainingRows(repeat: 0, fold: 0, includingUnlabelled: false))
    #expect(draws.shareTestSet)
    #expect(draws.replicates(size: 20).count == 40)
    for replicate in draws.replicates(size: 20) {
      let rows = draws.labelledRows(size: 20, replicate)
      #expect(rows.count == 20)
      #expect(rows == rows.sorted())
      #expect(Set(rows).count == 20)
      #expect(pool.isSuperset(of: rows))
      #expect(draws.testedFold(of: replicate) == Replicate(repeatIndex: 0))
    }
  }

  @Test func fewerLabelsAreASubsetOfMore() {
    let draws = draws()
    for replicate in draws.replicates(size: 10) {
      var smaller = Set<Int>()
      for size in 6...70 {
        let rows = Set(draws.labelledRows(size: size, replicate))
        #expect(rows.isSuperset(of: smaller))
        smaller = rows
      }
    }
  }

  @Test func everyDrawHoldsTwoOfEachClass() {
    let draws = draws()
    #expect(draws.sizes == .range(6...72))
    for replicate in draws.replicates(size: 6) {
      #expect(counts(draws.labelledRows(size: 6, replicate)) == [2, 2, 2])
    }
  }

  /// Where a plain sample meets the minimum of each class, a draw is one: its class counts are
  /// hypergeometric.
  @Test func frequenciesAreThoseOfARandomSample() {
    let labels = (0..<140).map { $0 < 70 ? 0 : $0 < 105 ? 1 : 2 }
    let folds = FoldPlan(labels: labels, folds: 4, repeats: 1, streams: RandomStreams(seed: 3))
    let draws = LabelDraws(
      count: 400, folds: folds, labels: labels, streams: RandomStreams(seed: 3))
    let pool = folds.trainingRows(repeat: 0, fold: 0, includingUnlabelled: false)
    let total = Double(pool.count)
    for label in 0..<3 {
      let values = draws.replicates(size: 40).map { replicate in
        Double(draws.labelledRows(size: 40, replicate).count { labels[$0] == label })
      }
      let mean = values.reduce(0, +) / 400
      let share = Double(pool.count { labels[$0] == label }) / total
      let variance = 40 * share * (1 - share) * (total - 40) / (total - 1)
      // Five standard errors of the mean of 400 draws.
      #expect(abs(mean - 40 * share) < 5 * (variance / 400).squareRoot())
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // A stratified draw would not scatter at all.
      #expect(abs(squares / 399 / variance - 1) < 5 * (2.0 / 399).squareRoot())
    }
  }

  @Test func drawsDependOnTheSeedAndNotOnTheirNumber() {
    #expect(draws() == draws())
    let replicate = Replicate(repeatIndex: 4)
    #expect(
      draws(40).labelledRows(size: 20, replicate) == draws(5).labelledRows(size: 20, replicate))
    #expect(
      draws().labelledRows(size: 20, replicate)
        != draws(seed: 4).labelledRows(size: 20, replicate))
    #expect(draws(3).labelledRows(size: 20, Replicate(repeatIndex: 3)).isEmpty)
  }

  @Test func aClassOfOneTrainingPatientIsTakenAsItIs() {
    let labels = [0, 0, 0, 0, 0, 0, 1, 1]
    let folds = FoldPlan(labels: labels, folds: 2, repeats: 1, streams: RandomStreams(seed: 1))
    let draws = LabelDraws(
      count: 3, folds: folds, labels: labels, streams: RandomStreams(seed: 1))
    #expect(draws.sizes == .range(3...3))
  }

  private let patients = (0..<110).map { "P\($0)" }

  @Test func givenDrawsAreReadAgain() throws {
    let (trained, other) = (
      folds.trainingRows(repeat: 1, fold: 2, includingUnlabelled: false),
      folds.trainingRows(repeat: 0, fold: 1, includingUnlabelled: false)
    )
    var text = "sample,fold,repeat,n\n"
    for row in trained.prefix(5).reversed() { text += "P\(row),2,1,5\n" }
    for row in other.suffix(5) { text += "P\(row),1,0,5\n" }
    let draws = try LabelDraws(csv: text, folds: folds, patients: patients)
    #expect(!draws.shareTestSet)
    #expect(draws.sizes == .list([5]))
    let replicates = [
      Replicate(repeatIndex: 0, fold: 1), Replicate(repeatIndex: 1, fold: 2),
    ]
    #expect(draws.replicates(size: 5) == replicates)
    #expect(draws.labelledRows(size: 5, replicates[1]) == Array(trained.prefix(5)))
    #expect(draws.testedFold(of: replicates[1]) == replicates[1])
    #expect(draws.labelledRows(size: 6, replicates[1]).isEmpty)
    let again = try LabelDraws(
      csv: draws.csvText(sizes: [5], patients: patients), folds: folds, patients: patients)
    #expect(again == draws)
  }

  @Test func drawnLabelsAreWrittenBySizeAndDraw() {
    let text = draws(2).csvText(sizes: [6, 10], patients: patients)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "n,repeat,fold,sample")
    #expect(lines.count == 1 + 2 * 6 + 2 * 10)
    #expect(lines[1].hasPrefix("6,0,0,P"))
    #expect(lines.last?.hasPrefix("10,1,0,P") == true)
  }

  @Test func filesThatDoNotFitAreRefused() throws {
    let trained = folds.trainingRows(repeat: 0, fold: 0, includingUnlabelled: false)
    let tested = folds.testRows(repeat: 0, fold: 0)
    func code(_ body: String) -> EvaluationError.Code? {
      #expect(throws: EvaluationError.self) {
        try LabelDraws(csv: body, folds: folds, patients: patients)
      }?.code
    }
    let header = "n,repeat,fold,sample\n"
    #expect(code("") == .malformedDraws)
    #expect(code("n,repeat,sample\n1,0,P0\n") == .malformedDraws)
    #expect(code(header) == .malformedDraws)
    #expect(code(header + "one,0,0,P\(trained[0])\n") == .malformedDraws)
    #expect(code(header + "0,0,0,P\(trained[0])\n") == .malformedDraws)
    #expect(code(header + "1,0,0\n") == .malformedDraws)
    #expect(code(header + "1,0,0,nobody\n") == .unknownDrawnSample)
    #expect(code(header + "1,0,0,P\(tested[0])\n") == .drawOutsideTraining)
    #expect(code(header + "1,0,9,P\(trained[0])\n") == .drawOutsideTraining)
    // An unlabelled patient has no label to keep.
    #expect(code(header + "1,0,0,P100\n") == .drawOutsideTraining)
    let twice = "2,0,0,P\(trained[0])\n"
    #expect(code(header + twice + twice) == .drawOutsideTraining)
    #expect(code(header + twice) == .wrongDrawSize)
  }
}
