import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Gaussian and copula information")
struct GaussianInformationTests {
  private let golden = Golden.shared["mi"]
  private var x: Matrix { golden["x"].matrix }
  private var y: Matrix { golden["y"].matrix }

  @Test("Reference values")
  func reference() throws {
    #expect(abs(try gaussianInformation(x, y) - golden["gaussian_cca"].double) <= 1e-10)
    let copula = try gaussianInformation(normalScores(x), normalScores(y))
    #expect(abs(copula - golden["copula_gaussian_cca"].double) <= 1e-10)
  }

  @Test("Bias of the plug-in value")
  func bias() throws {
    let golden = Golden.shared["gaussian_mi_bias"]
    for item in golden["cases"].items {
      let bias = gaussianInformationBias(
        rows: item["n"].int, dimensionX: item["dx"].int, dimensionY: item["dy"].int)
      #expect(abs(try #require(bias) - item["bias"].double) <= 1e-12)
    }
    let plain = CorrelationInformation(usesNormalScores: false)
    let corrected = try plain.estimate(x, y)
    #expect(abs(corrected.information - golden["gaussian_cca_60_corrected"].double) <= 1e-10)
    #expect(gaussianInformationBias(rows: 11, dimensionX: 5, dimensionY: 5) == nil)
  }

  @Test("Any invertible linear map; dependent columns count once")
  func linear() throws {
    let value = try gaussianInformation(x, y)
    let map = Matrix([[2, 1], [-30, 0.5]])
    #expect(abs(try gaussianInformation(x.product(map), y) - value) <= 1e-9)
    let doubled = Matrix.horizontal([x, x.product(map)])
    #expect(abs(try gaussianInformation(doubled, y) - value) <= 1e-9)
    #expect(try canonicalCorrelations(doubled, y).count == 2)
    #expect(abs(try gaussianInformation(y, x) - value) <= 1e-12)
    let constant = Matrix(rows: 60, columns: 1, repeating: 3)
    #expect(try gaussianInformation(constant, y) == 0)
  }

  @Test("Copula: strictly monotone maps of columns change nothing; ties share a rank")
  func monotone() throws {
    let estimator = CorrelationInformation()
    let value = try estimator.estimate(x, y).information
    let bent = x.mapValues { exponential($0) + 3 * $0 }
    #expect(abs(try estimator.estimate(bent, y).information - value) <= 1e-9)
    let scores = normalScores(Matrix([[5], [1], [5], [9]]))
    #expect(scores[0, 0] == scores[2, 0])
    #expect(abs(scores[0, 0] - normalQuantile(2.5 / 5)) <= 1e-15)
    #expect(abs(scores[3, 0] - normalQuantile(0.8)) <= 1e-15)
  }

  @Test(
    "Gaussian pairs, mean of 20 seeds within .02",
    arguments: [(0.0, 0.0), (0.6, 0.2231), (0.9, 0.8304)])
  func accuracy(correlation: Double, truth: Double) throws {
    for usesNormalScores in [false, true] {
      let estimator = CorrelationInformation(usesNormalScores: usesNormalScores)
      let mean = try meanOverSeeds(20) { seed in
        let (x, y) = gaussianPair(500, correlation: correlation, seed: seed)
        return try estimator.estimate(x, y).information
      }
      #expect(abs(mean - truth) <= 0.02)
    }
  }

  @Test("Few rows for many columns: no false information", arguments: DimensionReduction.allCases)
  func reduction(rule: DimensionReduction) throws {
    let estimator = CorrelationInformation(reduction: rule)
    let mean = try meanOverSeeds(20) { seed in
      var stream = RandomStream(seed: seed)
      let x = stream.normalMatrix(rows: 80, columns: 20)
      let y = stream.normalMatrix(rows: 80, columns: 15)
      return try estimator.estimate(x, y).information
    }
    #expect(abs(mean) < 0.05, "\(rule.rawValue): \(mean)")
    var stream = RandomStream(seed: 1)
    let x = stream.normalMatrix(rows: 80, columns: 20)
    let shared = Matrix.horizontal([
      x.selecting(columns: Array(0..<14)), stream.normalMatrix(rows: 80, columns: 1),
    ])
    #expect(try estimator.estimate(x, shared).information > 0.3, "\(rule.rawValue)")
  }

  @Test("Reduction to principal components where rows are few")
  func principal() throws {
    var stream = RandomStream(seed: 3)
    let x = stream.normalMatrix(rows: 60, columns: 30)
    let estimate = try CorrelationInformation().estimate(x, x.selecting(columns: [0, 1]))
    #expect(estimate.dimensions == (3, 2))
    #expect(estimate.warnings.count == 1)
    let few = #expect(throws: MutualInformationError.self) {
      try CorrelationInformation(reduction: .none).estimate(x, x)
    }
    #expect(few?.code == .tooFewRows)
  }

  @Test("Centred log-probabilities: class names do not matter")
  func classNames() throws {
    var stream = RandomStream(seed: 9)
    let logits = stream.normalMatrix(rows: 120, columns: 4)
    let teacher = centeredLogProbabilities(softmaxRows(logits))
    let noise = stream.normalMatrix(rows: 120, columns: 4)
    let student = centeredLogProbabilities(softmaxRows(logits + noise))
    #expect(teacher.rowSums().allSatisfy { abs($0) <= 1e-12 })
    let estimator = CorrelationInformation(maximumDimension: 3)
    let value = try estimator.estimate(teacher, student)
    #expect(value.dimensions == (3, 3))
    #expect(value.information > 0.5)
    let renamed = try estimator.estimate(
      teacher.selecting(columns: [2, 0, 3, 1]), student.selecting(columns: [1, 3, 0, 2]))
    #expect(abs(renamed.information - value.information) <= 1e-9)
  }
}
