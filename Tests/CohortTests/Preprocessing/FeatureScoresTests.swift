import Cohort
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Scores of features")
struct FeatureScoresTests {
  @Test("label information equals the reference numbers")
  func golden() {
    let labels = Golden.shared["mi", "labels"].ints
    let rows = Array(labels.indices)
    for (key, matrix) in [("ross_k3_x0", "x"), ("ross_k3_y0", "y")] {
      let values = Golden.shared["mi", matrix].matrix
      let score = FeatureScores.labelInformation(values, columns: [0], rows: rows, labels: labels)
      #expect(abs(score[0] - Golden.shared["mi", key].double) < 1e-10)
    }
  }

  @Test("label information equals the naive count, with ties, small and single classes")
  func naive() {
    var stream = RandomStreams(seed: 2).stream("ross")
    for trial in 0..<40 {
      let n = 5 + trial
      let labels = (0..<n).map { $0 == 0 ? 3 : Int(stream.below(3)) }
      let isTied = trial % 2 == 0
      let values = labels.map { label in
        isTied ? Double(stream.below(4)) : stream.normal() + Double(label)
      }
      var scorer = LabelInformationScorer(labels: labels)
      #expect(abs(scorer.score(values) - naiveScore(values, labels)) < 1e-12)
    }
  }

  private func naiveScore(_ values: [Double], _ labels: [Int]) -> Double {
    let rows = labels.indices.filter { i in labels.count { $0 == labels[i] } > 1 }
    var (k, own, near) = (0.0, 0.0, 0.0)
    for i in rows {
      let inClass = rows.filter { $0 != i && labels[$0] == labels[i] }
      let distances = inClass.map { abs(values[$0] - values[i]) }.sorted()
      let reach = distances[min(3, distances.count) - 1]
      k += digamma(Double(min(3, inClass.count)))
      own += digamma(Double(inClass.count + 1))
      near += digamma(Double(rows.count { $0 != i && abs(values[$0] - values[i]) <= reach }))
    }
    let n = Double(rows.count)
    return digamma(n) + k / n - own / n - near / n
  }

  @Test("analysis of variance by hand")
  func anova() {
    // Classes (1, 2, 3) and (4, 6, 8): means 2 and 6, between 24, within 2 + 8, df 1 and 4.
    let matrix = Matrix([[1, 5], [2, 5], [3, 5], [4, 5], [6, 5], [8, 5]])
    let scores = FeatureScores.anovaF(
      matrix, columns: [0, 1], rows: [0, 1, 2, 3, 4, 5], labels: [0, 0, 0, 1, 1, 1])
    #expect(abs(scores[0] - 9.6) < 1e-12)
    #expect(scores[1] == 0)
    #expect(FeatureScores.anovaF(matrix, columns: [0], rows: [0, 1], labels: [1, 1]) == [0])
  }

  @Test("selections keep the informative features, ties by column")
  func selection() throws {
    var stream = RandomStreams(seed: 9).stream("selection")
    let labels = (0..<60).map { $0 % 3 }
    let rows = labels.map { label in
      (0..<8).map { j in
        stream.normal() * (j == 6 ? 9 : 1) + (j == 2 || j == 5 ? 4 * Double(label) : 0)
      }
    }
    let table = ModalityTable(
      name: "m", featureNames: (0..<8).map { "f\($0)" }, values: Matrix(rows))
    func kept(_ selection: PreprocessingOptions.Selection, _ keep: Int) -> [String]? {
      Preprocessor(options: PreprocessingOptions(selection: selection, keep: keep))
        .fit(table: table, labels: labels)?.keptNames
    }
    #expect(kept(.anovaF, 2) == ["f2", "f5"])
    #expect(kept(.labelInformation, 2) == ["f2", "f5"])
    #expect(kept(.variance, 1) == ["f6"])
    #expect(kept(.variance, 99)?.count == 8)
    let same = ModalityTable(
      name: "m", featureNames: ["a", "b"],
      values: .horizontal([
        table.values.selecting(columns: [2]), table.values.selecting(columns: [2]),
      ]))
    let first = Preprocessor(options: PreprocessingOptions(selection: .labelInformation, keep: 1))
      .fit(table: same, labels: labels)
    #expect(first?.keptNames == ["a"])
  }
}
