import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Estimators by name")
struct EstimatorTests {
  private let golden = Golden.shared["mi"]
  private var x: Variable { .numbers(golden["x"].matrix) }
  private var y: Variable { .numbers(golden["y"].matrix) }
  private var labels: Variable { .classes(golden["labels"].ints) }

  private func estimate(
    _ name: String, _ x: Variable, _ y: Variable, _ options: EstimatorOptions = EstimatorOptions()
  ) throws -> InformationEstimate {
    try #require(MutualInformationRegistry.estimator(named: name, options: options))
      .estimate(x, y)
  }

  @Test("Every registered estimator gives the formula's value")
  func registry() throws {
    let names = [
      "auto", "ksg1", "ksg2", "ross", "mixed", "discrete", "gaussian", "copula", "latent", "mine",
      "infonce", "classifier",
    ]
    #expect(MutualInformationRegistry.names == names)
    for name in names {
      #expect(MutualInformationRegistry.estimator(named: name)?.name == name)
    }
    #expect(MutualInformationRegistry.estimator(named: "guess") == nil)
    let raw = EstimatorOptions(neighbors: 3, standardizes: false)
    let expected = golden["ksg_chebyshev", "KSG1-k3"].double
    #expect(abs(try estimate("ksg1", x, y, raw).information - expected) <= 1e-10)
    let ross = golden["ross_multidim_k3_x_euclidean"].double
    #expect(abs(try estimate("ross", x, labels, raw).information - ross) <= 1e-10)
    let swapped = try estimate("ross", labels, x, raw).information
    #expect(abs(swapped - ross) <= 1e-10)
    let bias = Golden.shared["gaussian_mi_bias", "gaussian_cca_60_corrected"].double
    #expect(abs(try estimate("gaussian", x, y).information - bias) <= 1e-10)
  }

  @Test("Standardised columns: the unit of a column does not matter")
  func units() throws {
    let scaled = Matrix(
      golden["x"].matrix.values.enumerated().map {
        [$0.offset % 2 == 0 ? 1e3 * $0.element : $0.element]
      })
    let matrix = Matrix(rows: 60, columns: 2, values: scaled.values)
    for name in ["ksg1", "ksg2", "mixed", "copula"] {
      let a = try estimate(name, x, y).information
      let b = try estimate(name, .numbers(matrix), y).information
      #expect(abs(a - b) <= 1e-9, "\(name)")
    }
  }

  @Test("Variables that an estimator does not take")
  func unsupported() {
    for (name, a, b) in [
      ("ksg1", x, labels), ("ross", x, y), ("discrete", x, labels), ("copula", labels, labels),
      ("classifier", x, y),
    ] {
      let error = #expect(throws: MutualInformationError.self) { try estimate(name, a, b) }
      #expect(error?.code == .unsupportedVariable, "\(name)")
    }
    let bad = Variable.numbers(Matrix([[.nan], [1], [2], [3]]))
    let error = #expect(throws: MutualInformationError.self) { try estimate("ksg1", bad, bad) }
    #expect(error?.code == .notFinite)
  }

  @Test(
    "Normal scores before KSG: mean of 20 seeds within .03, whatever the margins",
    arguments: [(0.0, 0.0), (0.6, 0.2231), (0.9, 0.8304)])
  func scores(correlation: Double, truth: Double) throws {
    let estimator = KSGEstimator(.first, EstimatorOptions(neighbors: 5), usesNormalScores: true)
    let mean = try meanOverSeeds(20) { seed in
      let (x, y) = gaussianPair(500, correlation: correlation, seed: seed)
      let bent = x.mapValues { exponential(2 * $0) }
      return try estimator.estimate(.numbers(bent), .numbers(y)).information
    }
    #expect(abs(mean - truth) <= 0.03)
  }

  @Test("Tied distances go to the mixed estimator, with a warning")
  func ties() throws {
    var stream = RandomStream(seed: 7)
    let coarse = Variable.numbers(
      Matrix(rows: 200, columns: 1, values: (0..<200).map { _ in Double(stream.below(9)) }))
    let result = try estimate("ksg1", coarse, coarse)
    #expect(result.estimator == "mixed" && result.warnings.count == 1)
    #expect(result.information.isFinite)
  }
}
