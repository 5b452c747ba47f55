import Cohort
import LinearAlgebra
import Testing
import _TestSupport

@Suite("Feature scores")
struct FeatureScoresTests {
  @Test("ANOVA F of two classes is the square of Student's t")
  func squareOfT() {
    let values = [1.0, 2, 4, 7, 9, 11, 12]
    let labels = [0, 0, 0, 1, 1, 1, 1]
    // Means 7/3 and 39/4; pooled variance (14/3 + 59/4) / 5.
    let pooled = (14.0 / 3 + 59.0 / 4) / 5
    let t = (7.0 / 3 - 39.0 / 4) / (pooled * (1.0 / 3 + 1.0 / 4)).squareRoot()
    #expect(abs(FeatureScores.anovaF(values, labels: labels) - t * t) < 1e-12)
  }

  @Test("ANOVA F agrees with its definition for several classes")
  func definition() {
    var stream = RandomStream(seed: 5, name: "anova")
    let labels = (0..<40).map { _ in [0, 2, 3][stream.below(3)] }
    let values = labels.map { 100 + Double($0) + stream.normal() }
    let overall = values.reduce(0, +) / 40
    var between = 0.0
    var within = 0.0
    for c in [0, 2, 3] {
      let members = zip(values, labels).filter { $0.1 == c }.map(\.0)
      let mean = members.reduce(0, +) / Double(members.count)
      between += Double(members.count) * (mean - overall) * (mean - overall)
      within += members.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    }
    let expected = (between / 2) / (within / 37)
    let found = FeatureScores.anovaF(values, labels: labels)
    #expect(abs(found - expected) < 1e-9 * expected)
  }

  @Test("ANOVA F at its edges")
  func edges() {
    #expect(FeatureScores.anovaF([1, 1, 2, 2], labels: [0, 0, 1, 1]) == .infinity)
    #expect(FeatureScores.anovaF([1, 1, 1, 1], labels: [0, 0, 1, 1]) == 0)
    #expect(FeatureScores.anovaF([1, 2, 3], labels: [0, 0, 0]) == 0)
    #expect(FeatureScores.anovaF([1, 2], labels: [0, 1]) == 0)
    #expect(FeatureScores.anovaF([], labels: []) == 0)
  }

  @Test("Ross of the reference data")
  func rossGolden() {
    let golden = Golden.shared["mi"]
    let labels = golden["labels"].ints
    for (modality, key) in [("x", "ross_k3_x0"), ("y", "ross_k3_y0")] {
      let values = golden[modality].matrix.column(0)
      let found = FeatureScores.labelInformation(values, labels: labels)
      #expect(abs(found - golden[key].double) < 1e-10)
    }
  }

  @Test("Ross agrees with counting all pairs, ties and single members included", arguments: 1...6)
  func rossOracle(seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "ross")
    let labels = (0..<45).map { _ in stream.below(4) } + [4, 5, 5]
    let values = labels.map {
      seed % 2 == 0 ? Double(stream.below(9)) : Double($0) + stream.normal()
    }
    let found = FeatureScores.labelInformation(values, labels: labels)
    #expect(abs(found - ross(values, labels, k: 3)) < 1e-12)
    #expect(FeatureScores.labelInformation([1, 2], labels: [0, 1]) == 0)
  }

  @Test("A planted feature comes first", arguments: ["anova-f", "label-mi"])
  func planted(selection: String) throws {
    var stream = RandomStream(seed: 11, name: "planted")
    let labels = (0..<90).map { $0 % 3 }
    var values = stream.normalMatrix(rows: 90, columns: 6)
    for i in 0..<90 { values[i, 4] = 0.3 * values[i, 4] + Double(labels[i]) }
    let options = PreprocessingOptions(
      selection: try #require(.init(rawValue: selection)), keep: 1)
    let training = ModalityTable(
      name: "m", featureNames: ["a", "b", "c", "d", "planted", "e"], values: values)
    let fitted = Preprocessor(options: options).fit(table: training, labels: labels)
    #expect(fitted?.featureNames == ["planted"])
  }

  @Test("Information finds what means do not show")
  func symmetricSignal() {
    var stream = RandomStream(seed: 12, name: "symmetric")
    let labels = (0..<120).map { $0 % 2 }
    var values = stream.normalMatrix(rows: 120, columns: 2)
    // Class 1 lies on both sides of class 0: equal means, no overlap.
    for i in 0..<120 {
      let side = i % 4 < 2 ? 1.0 : -1.0
      values[i, 1] = 0.2 * values[i, 1] + (labels[i] == 1 ? 2 * side : 0)
    }
    let noise = FeatureScores.labelInformation(values.column(0), labels: labels)
    let signal = FeatureScores.labelInformation(values.column(1), labels: labels)
    #expect(signal > 0.6 && noise < 0.2)
  }

  @Test("Ties in a selection go to the lower column")
  func ties() {
    let rows = (0..<8).map { i in [Double](repeating: Double(i), count: 4) }
    for selection in PreprocessingOptions.Selection.allCases where selection != .none {
      let fitted = Preprocessor(options: PreprocessingOptions(selection: selection, keep: 2))
        .fit(table: table(rows), labels: [0, 0, 0, 0, 1, 1, 1, 1])
      #expect(fitted?.featureNames == ["a", "b"])
    }
  }

  private func ross(_ values: [Double], _ labels: [Int], k: Int) -> Double {
    let size = { (c: Int) in labels.count { $0 == c } }
    let rows = labels.indices.filter { size(labels[$0]) > 1 }
    let terms = rows.map { i -> Double in
      let own = rows.filter { $0 != i && labels[$0] == labels[i] }
        .map { abs(values[$0] - values[i]) }.sorted()
      let neighbors = min(k, own.count)
      let near = rows.count { $0 != i && abs(values[$0] - values[i]) <= own[neighbors - 1] }
      return digamma(Double(neighbors)) - digamma(Double(own.count + 1)) - digamma(Double(near))
    }
    return digamma(Double(rows.count)) + terms.reduce(0, +) / Double(rows.count)
  }
}
