import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("auto")
struct AutomaticEstimatorTests {
  private let golden = Golden.shared["mi"]

  private func auto(_ x: Matrix, _ y: Matrix, threads: Int = 1) throws -> InformationEstimate {
    try AutomaticEstimator(EstimatorOptions(threads: threads)).estimate(.numbers(x), .numbers(y))
  }

  private func column(_ values: [Double]) -> Matrix {
    Matrix(rows: values.count, columns: 1, values: values)
  }

  @Test("The estimator by type and dimension, with a reason")
  func choices() throws {
    var stream = RandomStream(seed: 2)
    let (x, y) = (
      Variable.numbers(golden["x"].matrix), Variable.numbers(golden["y"].matrix)
    )
    let labels = Variable.classes(golden["labels"].ints)
    let wide = Variable.numbers(stream.normalMatrix(rows: 60, columns: 8))
    let codes = Variable.numbers(column(golden["labels"].ints.map { Double($0) }))
    let heaped = Variable.numbers(
      column((0..<60).map { $0 % 6 == 0 ? 0.5 : Double($0) * 0.37 + stream.uniform() }))
    let genotypes = Variable.numbers(
      Matrix(rows: 60, columns: 3, values: (0..<180).map { _ in Double(stream.below(3)) }))
    for (a, b, expected) in [
      (labels, codes, "discrete"), (x, labels, "ross"), (codes, x, "ross"),
      (wide, labels, "classifier"), (heaped, y, "parts"), (labels, heaped, "parts"),
      (genotypes, y, "copula mixed"), (x, y, "copula copula+ksg1"),
    ] {
      let result = try AutomaticEstimator().estimate(a, b)
      #expect(expected.split(separator: " ").contains { $0 == result.estimator })
      #expect(result.reason?.isEmpty == false)
    }
    let named = try GaussianEstimator(name: "copula", usesNormalScores: true).estimate(x, y)
    #expect(named.reason == nil)
    let measured = try InformationMeasurer(permutations: 19).measure(
      x, y, with: AutomaticEstimator())
    #expect(measured.p == 0.05 && measured.estimate.reason != nil)
  }

  @Test("Independent columns: no bias upward, and mostly the copula", arguments: [1, 3])
  func independence(columns: Int) throws {
    var copulas = 0
    let mean = try meanOverSeeds(30) { seed in
      var stream = RandomStream(seed: seed, name: "independent")
      let x = stream.normalMatrix(rows: 300, columns: columns)
      let result = try auto(x, stream.normalMatrix(rows: 300, columns: columns))
      copulas += result.estimator == "copula" ? 1 : 0
      return result.information
    }
    #expect(abs(mean) <= 0.01)
    #expect(copulas >= 20)
  }

  @Test(
    "Gaussian pairs: mean of 20 seeds within .02, whatever the margins",
    arguments: [(0.6, 0.2231), (0.9, 0.8304)])
  func gaussian(correlation: Double, truth: Double) throws {
    let mean = try meanOverSeeds(20) { seed in
      let (x, y) = gaussianPair(500, correlation: correlation, seed: seed)
      let bent = x.mapValues { exponential(2 * $0) }
      let result = try auto(bent, y).information
      // Ranks are all that counts.
      #expect(try auto(x, y).information == result)
      return result
    }
    #expect(abs(mean - truth) <= 0.02)
  }

  @Test("One common scale: bivariate t with one degree of freedom, no correlation")
  func commonScale() throws {
    // ln(Γ terms) of Student's entropy: .2242 nats at identity dispersion.
    let mean = try meanOverSeeds(10) { seed in
      var stream = RandomStream(seed: seed, name: "student")
      var (x, y) = (
        stream.normalMatrix(rows: 1000, columns: 1), stream.normalMatrix(rows: 1000, columns: 1)
      )
      for i in 0..<1000 {
        let scale = abs(stream.normal())
        (x[i, 0], y[i, 0]) = (x[i, 0] / scale, y[i, 0] / scale)
      }
      return try auto(x, y).information
    }
    #expect(abs(mean - 0.2242) <= 0.03)
  }

  @Test("A parabola among columns of noise, which neither copula nor neighbors see")
  func turnedParabola() throws {
    var stream = RandomStream(seed: 3)
    let x = stream.normalMatrix(rows: 1000, columns: 8)
    var y = stream.normalMatrix(rows: 1000, columns: 2)
    for i in 0..<1000 {
      let signal = (x[i, 0] + x[i, 5]) * (x[i, 0] + x[i, 5]) / 2
      y[i, 1] = signal + 0.5 * y[i, 1]
    }
    let result = try auto(x, y)
    let neighbors = try KSGEstimator(.first, EstimatorOptions(neighbors: 5), usesNormalScores: true)
      .estimate(.numbers(x), .numbers(y)).information
    #expect(result.candidates[0].information < 0.05)
    #expect(neighbors < 0.2)
    #expect(result.information > 0.5)
    #expect(result.reason?.contains("quadratic") == true)
  }

  @Test("Order of rows, exchange of sides, threads")
  func invariances() throws {
    var stream = RandomStream(seed: 4)
    let x = stream.normalMatrix(rows: 300, columns: 2)
    var y = stream.normalMatrix(rows: 300, columns: 3)
    for i in 0..<300 {
      y[i, 0] = 0.4 * y[i, 0] + x[i, 0] * x[i, 0]
      y[i, 1] += x[i, 1]
    }
    let result = try auto(x, y)
    #expect(result.estimator == "copula+ksg1")
    let order = stream.permutation(300)
    let shuffled = try auto(x.selecting(rows: order), y.selecting(rows: order))
    #expect(abs(shuffled.information - result.information) <= 1e-9)
    let swapped = try auto(y, x)
    #expect(abs(swapped.information - result.information) <= 1e-9)
    #expect(try auto(x, y, threads: 2).information == result.information)
  }

  @Test("Zeros on both sides together: mean of 10 seeds within .05 of the truth")
  func heaps() throws {
    let (share, rho) = (0.6, 0.7)
    let truth =
      -share * logarithm(share) - (1 - share) * logarithm(1 - share)
      - 0.5 * share * logarithm(1 - rho * rho)
    let mean = try meanOverSeeds(10) { seed in
      let (x, y) = gaussianPair(500, correlation: rho, seed: seed)
      var stream = RandomStream(seed: seed, name: "zeros")
      let kept = (0..<500).map { _ in stream.uniform() < share ? 1.0 : 0.0 }
      let (a, b) = (
        column(zip(x.values, kept).map { $0 * $1 }), column(zip(y.values, kept).map { $0 * $1 })
      )
      let result = try auto(a, b)
      #expect(result.estimator == "parts")
      #expect(abs(try auto(b, a).information - result.information) <= 1e-9)
      return result.information
    }
    #expect(abs(mean - truth) <= 0.05)
  }

  @Test("Zeros and labels: what the zero tells and what the value tells")
  func heapsAndLabels() throws {
    // Class 1 is never 0, class 0 half the time; other values tell nothing: I = H(zero) - ½ ln 2.
    let truth = -0.25 * logarithm(0.25) - 0.75 * logarithm(0.75) - 0.5 * logarithm(2)
    let mean = try meanOverSeeds(10) { seed in
      var stream = RandomStream(seed: seed, name: "zeros and labels")
      let labels = (0..<400).map { $0 % 2 }
      let values = labels.map { label in
        let (value, coin) = (stream.normal(), stream.uniform())
        return label == 0 && coin < 0.5 ? 0 : value
      }
      return try AutomaticEstimator().estimate(.numbers(column(values)), .classes(labels))
        .information
    }
    #expect(abs(mean - truth) <= 0.03)
  }

  @Test("Warnings where an estimate cannot be believed")
  func warnings() throws {
    let (x, y) = gaussianPair(30, correlation: 0.5, seed: 1)
    #expect(try auto(x, y).warnings.contains { $0.contains("fewer than 50 rows") })
    #expect(try auto(x, x).warnings.contains { $0.contains("determines") })
    var stream = RandomStream(seed: 6)
    let wide = stream.normalMatrix(rows: 60, columns: 30)
    #expect(
      try auto(wide, y.selecting(rows: (0..<60).map { $0 % 30 })).warnings.contains {
        $0.contains("fewer than five rows per column")
      })
    let line = stream.normalMatrix(rows: 400, columns: 1)
    let echo = line + 3e-3 * stream.normalMatrix(rows: 400, columns: 1)
    #expect(try auto(line, echo).warnings.contains { $0.contains("near the largest value") })
  }
}
