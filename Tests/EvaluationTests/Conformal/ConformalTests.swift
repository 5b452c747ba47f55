import Evaluation
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Conformal sets")
struct ConformalTests {
  @Test("Reference quantile")
  func golden() {
    let golden = Golden.shared["conformal"]
    let conformal = SplitConformal(scores: golden["scores"].doubles)
    let alpha = golden["alpha"].double
    #expect(conformal.quantile(coverage: 1 - alpha) == golden["qhat"].double)
    #expect(conformal.scores[golden["rank"].int - 1] == golden["qhat"].double)
    #expect(conformal.quantile(coverage: 0.96) == .infinity)
  }

  @Test("Sets at the quantile, empty and full ones abstain")
  func sets() {
    let conformal = SplitConformal(scores: [0.1, 0.3, 0.2, 0.4])
    // (4 + 1) · .6 = 3: the third smallest.
    #expect(conformal.quantile(coverage: 0.6) == 0.3)
    let decided = conformal.set([0.75, 0.2, 0.05], coverage: 0.6)
    #expect(decided.classes == [0] && !decided.isAbstained)
    let empty = conformal.set([0.4, 0.3, 0.3], coverage: 0.6)
    #expect(empty.classes.isEmpty && empty.isAbstained)
    #expect(conformal.set([0.4, 0.3, 0.3], coverage: 0.9).isAbstained)
    let labelled = SplitConformal(
      probabilities: Matrix([[0.75, 0.25], [0.5, 0.5], [0.5, 0.5]]), labels: [0, -1, 1])
    #expect(labelled.scores == [0.25, 0.5])
  }

  @Test("Coverage over exchangeable patients")
  func coverage() {
    var stream = RandomStream(seed: 11)
    func draw(_ count: Int) -> (Matrix, [Int]) {
      let probabilities = softmaxRows(stream.normalMatrix(rows: count, columns: 4))
      let labels = (0..<count).map { row in
        var rest = stream.uniform()
        for c in 0..<3 {
          rest -= probabilities[row, c]
          if rest < 0 { return c }
        }
        return 3
      }
      return (probabilities, labels)
    }
    let (calibration, labels) = draw(2000)
    let conformal = SplitConformal(probabilities: calibration, labels: labels)
    let (test, truth) = draw(2000)
    let share =
      Double(
        truth.indices.count {
          conformal.set(test.row($0), coverage: 0.8).classes.contains(truth[$0])
        })
      / 2000
    // Standard error about .013.
    #expect(abs(share - 0.8) < 0.04)
  }

  @Test("Categories with enough rows have their own quantile")
  func mondrian() {
    let scores = (0..<30).map { Double($0) / 100 } + (0..<5).map { 0.9 + Double($0) / 100 }
    let names = (0..<30).map { _ in "full" } + (0..<5).map { _ in "no rppa" }
    let mondrian = MondrianConformal(scores: scores, categories: names)
    let own = mondrian.conformal(for: "full")
    #expect(own.isOwn && own.conformal.scores.count == 30)
    let rare = mondrian.conformal(for: "no rppa")
    #expect(!rare.isOwn && rare.conformal.scores.count == 35)
    #expect(!mondrian.conformal(for: "unseen").isOwn)
    #expect(mondrian == MondrianConformal(scores: scores, categories: names))
  }

  @Test("Cross-conformal with one fold is split conformal")
  func cross() {
    var stream = RandomStream(seed: 2)
    let scores = (0..<19).map { _ in stream.uniform() }
    let split = SplitConformal(scores: scores)
    let cross = CrossConformal(foldScores: [scores])
    for _ in 0..<200 {
      let row = Array(softmaxRows(stream.normalMatrix(rows: 1, columns: 3)).values)
      #expect(cross.set([row], coverage: 0.9) == split.set(row, coverage: 0.9))
    }
  }
}
