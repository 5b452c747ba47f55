import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Label information of many features")
struct LabelInformationScoresTests {
  private let golden = Golden.shared["mi"]

  @Test("Reference values, k = 3")
  func reference() throws {
    let features = Matrix.horizontal([golden["x"].matrix, golden["y"].matrix])
    let scores = try labelInformationScores(features, classes: golden["labels"].ints)
    #expect(abs(scores[0] - golden["ross_k3_x0"].double) <= 1e-10)
    #expect(abs(scores[2] - golden["ross_k3_y0"].double) <= 1e-10)
  }

  @Test("One column by sorting is what searches give, with ties, small classes and gaps")
  func searches() throws {
    var stream = RandomStream(seed: 3)
    for trial in 0..<30 {
      let n = 20 + 9 * trial
      var labels = (0..<n).map { _ in stream.below(4) }
      labels[0] = -1
      labels[1] = 6
      labels[2] = 5
      labels[3] = 5
      var features = stream.normalMatrix(rows: n, columns: 21)
      for row in 0..<n { features[row, 4] = (features[row, 4] * 2).rounded() }
      for row in 0..<n { features[row, 5] = max(features[row, 5], 0.4) }
      for k in [1, 3, 7] {
        let scores = try labelInformationScores(features, classes: labels, neighbors: k)
        #expect(
          try labelInformationScores(features, classes: labels, neighbors: k, threads: 3) == scores)
        for column in [0, 4, 5, 20] {
          let feature = features.selecting(columns: [column])
          let searched = try rossInformation(
            feature, classes: labels, neighbors: k, norm: .chebyshev, threads: 1, search: .tree)
          #expect(abs(scores[column] - searched) <= 1e-12)
          #expect(
            try rossInformation(feature, classes: labels, neighbors: k) == scores[column])
        }
      }
    }
  }

  @Test("Nothing to tell: constant features, one class of two rows")
  func nothing() throws {
    let constant = Matrix(rows: 6, columns: 2, repeating: 0.1)
    #expect(try labelInformationScores(constant, classes: [0, 0, 0, 1, 1, 1]) == [0, 0])
    var stream = RandomStream(seed: 2)
    let varying = stream.normalMatrix(rows: 6, columns: 2)
    #expect(try labelInformationScores(varying, classes: [0, 0, 0, 0, 1, 2]) == [0, 0])
  }

  @Test("Refused")
  func refused() {
    let table = Matrix([[1], [2], [3]])
    for (features, classes, k, code) in [
      (table, [0, 1], 3, MutualInformationError.Code.unequalRows),
      (table, [0, 1, 2], 3, .tooFewRows),
      (table, [-1, -1, -1], 3, .tooFewRows), (table, [0, 0, 1], 0, .optionOutOfRange),
      (Matrix(rows: 3, columns: 0), [0, 0, 1], 3, .noColumns),
      (Matrix([[1], [.infinity], [3]]), [0, 0, 1], 3, .notFinite),
    ] {
      let error = #expect(throws: MutualInformationError.self) {
        try labelInformationScores(features, classes: classes, neighbors: k)
      }
      #expect(error?.code == code)
    }
  }
}
