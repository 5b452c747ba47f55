import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Conditional information of numbers")
struct ConditionalEstimatorTests {
  /// x and y that share z, with the given correlation of what is not z.
  private func triple(
    _ n: Int, partial: Double, seed: UInt64
  ) -> (x: Matrix, y: Matrix, z: Matrix) {
    var (x, y) = gaussianPair(n, correlation: partial, seed: seed)
    var stream = RandomStream(seed: seed, name: "shared")
    let z = stream.normalMatrix(rows: n, columns: 1)
    x.add(z, times: 0.5)
    y.add(z, times: -0.5)
    return (x, y, z)
  }

  @Test(
    "Known partial correlation, 2,000 rows, 20 seeds: Gaussian within .02, neighbors within .03",
    arguments: [(0.0, 0.0), (0.6, 0.2231), (0.9, 0.8304)])
  func closedForm(partial: Double, truth: Double) throws {
    for (estimator, tolerance) in [
      (GaussianEstimator(name: "gaussian", usesNormalScores: false), 0.02),
      (KSGEstimator(.first, EstimatorOptions(neighbors: 5)), 0.03),
    ] as [(any ConditionalInformationEstimator, Double)] {
      let mean = try meanOverSeeds(20) { seed in
        let (x, y, z) = triple(2000, partial: partial, seed: seed)
        return try estimator.estimate(.numbers(x), .numbers(y), given: .numbers(z)).information
      }
      #expect(abs(mean - truth) <= tolerance, "\(estimator.name): \(mean)")
    }
  }

  @Test("Gaussian: chain rule of value and bias; z counts only by what it spans")
  func gaussianChain() throws {
    var stream = RandomStream(seed: 4)
    let x = stream.normalMatrix(rows: 200, columns: 3)
    let z = stream.normalMatrix(rows: 200, columns: 2) + x.selecting(columns: [0, 1])
    let y =
      stream.normalMatrix(rows: 200, columns: 4)
      + Matrix.horizontal([z, x]).selecting(
        columns: [0, 1, 3, 4])
    let both = Matrix.horizontal([y, z])
    let value = try conditionalGaussianInformation(x, y, given: z)
    let chain = try gaussianInformation(x, both) - gaussianInformation(x, z)
    #expect(abs(value - chain) <= 1e-10)
    let estimate = try CorrelationInformation(usesNormalScores: false).estimate(x, y, given: z)
    let long = try #require(gaussianInformationBias(rows: 200, dimensionX: 3, dimensionY: 6))
    let short = try #require(gaussianInformationBias(rows: 200, dimensionX: 3, dimensionY: 2))
    #expect(abs(estimate.bias - (long - short)) <= 1e-12)
    #expect(abs(estimate.information - (value - estimate.bias)) <= 1e-12)
    let turned = Matrix.horizontal([z, z.product(Matrix([[2, 1], [-3, 7]]))])
    #expect(abs(try conditionalGaussianInformation(x, y, given: turned) - value) <= 1e-9)
    #expect(abs(try conditionalGaussianInformation(y, x, given: z) - value) <= 1e-10)
    // What z determines has nothing left to tell.
    #expect(try partialCanonicalCorrelations(z.selecting(columns: [0]), y, given: z).isEmpty)
    #expect(try conditionalGaussianInformation(x, z, given: z) == 0)
  }

  @Test("Corrected Gaussian without information: 0 on average, with few rows and many columns")
  func gaussianBias() throws {
    let mean = try meanOverSeeds(40) { seed in
      var stream = RandomStream(seed: seed)
      let z = stream.normalMatrix(rows: 80, columns: 4)
      let x = stream.normalMatrix(rows: 80, columns: 4) + z
      let y = stream.normalMatrix(rows: 80, columns: 4) + z
      return try GaussianEstimator(name: "gaussian", usesNormalScores: false)
        .estimate(.numbers(x), .numbers(y), given: .numbers(z)).information
    }
    #expect(abs(mean) < 0.03)
    var stream = RandomStream(seed: 1)
    let wide = stream.normalMatrix(rows: 60, columns: 30)
    let reduced = try CorrelationInformation().estimate(
      wide, wide, given: wide.mapValues { $0 * $0 })
    #expect(reduced.warnings.count >= 1 && reduced.dimensions == (3, 3))
  }

  @Test(
    "Frenzel and Pompe, and its form for ties, equal the plain formulas",
    arguments: DistanceNorm.allCases)
  func oracle(norm: DistanceNorm) throws {
    var stream = RandomStream(seed: 8)
    let smooth = (0..<3).map { stream.normalMatrix(rows: 60, columns: $0 + 1) }
    let coarse = smooth.map { $0.mapValues { $0.rounded() } }
    for spaces in [smooth, coarse] {
      func distance(_ i: Int, _ j: Int, _ parts: [Int], _ norm: DistanceNorm) -> Double {
        parts.map { part in
          let gaps = (0..<spaces[part].columnCount).map {
            spaces[part][i, $0] - spaces[part][j, $0]
          }
          return norm == .chebyshev
            ? gaps.map { abs($0) }.max() ?? 0 : gaps.reduce(0) { $0 + $1 * $1 }
        }.max() ?? 0
      }
      func sorted(_ i: Int, _ norm: DistanceNorm) -> [Double] {
        (0..<60).filter { $0 != i }.map { distance(i, $0, [0, 1, 2], norm) }.sorted()
      }
      func within(_ i: Int, _ parts: [Int], _ norm: DistanceNorm, _ test: (Double) -> Bool)
        -> Double
      {
        Double((0..<60).count { $0 != i && test(distance(i, $0, parts, norm)) } + 1)
      }
      let plain = (0..<60).reduce(0.0) { sum, i in
        let radius = sorted(i, norm)[3]
        func term(_ parts: [Int]) -> Double { digamma(within(i, parts, norm) { $0 < radius }) }
        return sum + (digamma(4) - term([0, 2]) - term([1, 2]) + term([2])) / 60
      }
      let value = try conditionalKSGInformation(
        spaces[0], spaces[1], given: spaces[2], neighbors: 4, norm: norm)
      #expect(abs(value - plain) <= 1e-12)
      let mixed = (0..<60).reduce(0.0) { sum, i in
        let distances = sorted(i, .chebyshev)
        let radius = distances[3]
        let effective = radius == 0 ? distances.count { $0 == 0 } : 4
        func term(_ parts: [Int]) -> Double {
          logarithm(within(i, parts, .chebyshev) { $0 <= radius })
        }
        return sum + (digamma(Double(effective)) - term([0, 2]) - term([1, 2]) + term([2])) / 60
      }
      let tied = try conditionalMixedInformation(
        spaces[0], spaces[1], given: spaces[2], neighbors: 4)
      #expect(abs(tied - mixed) <= 1e-12)
    }
  }

  @Test("A constant condition is none; what is given tells nothing more; symmetry")
  func limits() throws {
    let (x, y, z) = triple(300, partial: 0.5, seed: 2)
    let constant = Matrix(rows: 300, columns: 1, repeating: 2)
    let alone = try ksgInformation(x, y)
    #expect(abs(try conditionalKSGInformation(x, y, given: constant) - alone) <= 1e-12)
    let mixed = try mixedKSGInformation(x, y)
    #expect(abs(try conditionalMixedInformation(x, y, given: constant) - mixed) <= 1e-12)
    #expect(abs(try conditionalKSGInformation(x, z, given: z)) <= 1e-12)
    let value = try conditionalKSGInformation(x, y, given: z, threads: 3)
    #expect(try conditionalKSGInformation(y, x, given: z) == value)
  }

  @Test("Exclusive or of bits as numbers goes to the mixed estimator: ln 2 given the other bit")
  func exclusiveOr() throws {
    let bits = (0..<400).map { [Double($0 & 1), Double($0 >> 1 & 1)] }
    let a = Matrix(rows: 400, columns: 1, values: bits.map { $0[0] })
    let b = Matrix(rows: 400, columns: 1, values: bits.map { $0[1] })
    let c = Matrix(rows: 400, columns: 1, values: bits.map { $0[0] == $0[1] ? 0 : 1 })
    let result = try KSGEstimator(.first).estimate(.numbers(a), .numbers(c), given: .numbers(b))
    #expect(result.estimator == "mixed" && result.warnings.count == 1)
    // Each corner has 100 rows, each value of two bits 100, each bit 200: ln 2 but for ψ.
    let expected = digamma(99) - 2 * logarithm(100) + logarithm(200)
    #expect(abs(result.information - expected) <= 1e-12 && abs(expected - logarithm(2)) < 0.02)
  }

  @Test("Refused, and settled where a side does not vary")
  func refused() throws {
    let (x, y, z) = triple(20, partial: 0.5, seed: 3)
    let constant = Variable.numbers(Matrix(rows: 20, columns: 1, repeating: 1))
    let labels = Variable.classes((0..<20).map { $0 % 2 })
    for estimator in [
      KSGEstimator(.first), MixedKSGEstimator(),
      GaussianEstimator(name: "copula", usesNormalScores: true),
    ] as [any ConditionalInformationEstimator] {
      let settled = try estimator.estimate(.numbers(x), constant, given: .numbers(z))
      #expect(settled.information == 0 && settled.warnings.count == 1)
      for (held, code) in [
        (Variable.numbers(Matrix(rows: 19, columns: 1)), MutualInformationError.Code.unequalRows),
        (.numbers(Matrix(rows: 20, columns: 0)), .noColumns),
        (.numbers(Matrix(rows: 20, columns: 1, repeating: .nan)), .notFinite),
        (labels, .unsupportedVariable),
      ] where code != .unsupportedVariable || !(estimator is MixedKSGEstimator) {
        let error = #expect(throws: MutualInformationError.self) {
          try estimator.estimate(.numbers(x), .numbers(y), given: held)
        }
        #expect(error?.code == code, "\(estimator.name)")
      }
    }
  }
}
