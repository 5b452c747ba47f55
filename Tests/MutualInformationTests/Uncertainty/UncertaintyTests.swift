import LinearAlgebra
import MutualInformation
import Testing

@Suite("Uncertainty of information")
struct UncertaintyTests {
  @Test("Leaving out single rows gives the standard error of a mean")
  func jackknife() throws {
    var stream = RandomStream(seed: 1)
    let values = (0..<40).map { _ in stream.normal() }
    let jackknife = try BlockJackknife(
      rowCount: 40, blocks: 40, stream: RandomStream(seed: 2)
    ) { rows in orderedMean(rows.map { values[$0] }) }
    let mean = orderedMean(values)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
    #expect(abs(jackknife.standardError - (variance / 40).squareRoot()) <= 1e-12)
    let blocks = try BlockJackknife(rowCount: 43, stream: RandomStream(seed: 2), threads: 2) {
      Double($0.count)
    }
    #expect(blocks.values.count == 20)
    #expect(blocks.values.allSatisfy { $0 == 40 || $0 == 41 })
    #expect(
      try BlockJackknife(rowCount: 3, stream: RandomStream(seed: 2)) { Double($0.count) }.values
        == [2, 2, 2])
  }

  @Test("Jackknife error of KSG is of the size of its spread")
  func jackknifeOfKSG() throws {
    let values = try (1...20).map { seed in
      let (x, y) = gaussianPair(200, correlation: 0.6, seed: UInt64(seed))
      return try ksgInformation(x, y, neighbors: 5)
    }
    let mean = orderedMean(values)
    let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19).squareRoot()
    let error = try meanOverSeeds(5) { seed in
      let (x, y) = gaussianPair(200, correlation: 0.6, seed: seed)
      return try BlockJackknife(rowCount: 200, stream: RandomStream(seed: seed)) { rows in
        try ksgInformation(x.selecting(rows: rows), y.selecting(rows: rows), neighbors: 5)
      }.standardError
    }
    #expect(error / spread > 0.5 && error / spread < 2, "ratio \(error / spread)")
  }

  @Test("Independent variables: p is roughly uniform")
  func uniform() throws {
    let values = try (1...100).map { seed in
      let (x, y) = gaussianPair(40, correlation: 0, seed: UInt64(seed))
      return try PermutationTest.p(
        rowCount: 40, permutations: 99, stream: RandomStream(seed: UInt64(seed))
      ) { [try ksgInformation(x, y.selecting(rows: $0))] }
    }
    #expect(values.count { $0 < 0.05 } <= 10)
    #expect(values.count { $0 > 0.5 } > 30)
    #expect(values.allSatisfy { $0 >= 0.01 && $0 <= 1 })
  }

  @Test("Permutations stay within groups")
  func grouped() throws {
    let groups = (0..<30).map { $0 % 3 }
    // The statistic refuses to see a row moved out of its group.
    let p = try PermutationTest.p(
      rowCount: 30, permutations: 50, groups: groups, stream: RandomStream(seed: 1)
    ) { order in
      if order == Array(0..<30) { return [1] }
      return [order.enumerated().allSatisfy { groups[$0.offset] == groups[$0.element] } ? 0 : 2]
    }
    #expect(p == 1.0 / 51)
  }

  @Test("Of several statistics the most telling counts, whatever its unit")
  func severalStatistics() throws {
    func p(_ statistics: @escaping @Sendable ([Int]) -> [Double]) throws -> Double {
      try PermutationTest.p(
        rowCount: 20, permutations: 99, stream: RandomStream(seed: 3), statistics: statistics)
    }
    // The order as it is has the largest agreement; the other statistic is noise in a wide unit.
    let agreement: @Sendable ([Int]) -> Double = { order in
      Double(order.enumerated().count { $0.offset == $0.element })
    }
    let noise: @Sendable ([Int]) -> Double = { 1e6 * Double(($0[0] * 7) % 20) }
    #expect(try p { [agreement($0)] } == 0.01)
    #expect(try p { [noise($0), agreement($0)] } == 0.01)
    #expect(try p { [agreement($0), 0] } == 0.01)
    #expect(try p { _ in [1, 2] } == 1)
    #expect(try p { [noise($0)] } == p { [noise($0) * 1e-9, noise($0)] })
  }

  @Test("auto sees dependence that has no correlation, and its interval is that of all it adds up")
  func automaticUncertainty() throws {
    var stream = RandomStream(seed: 5)
    let x = stream.normalMatrix(rows: 200, columns: 1)
    var y = stream.normalMatrix(rows: 200, columns: 1)
    for i in 0..<200 { y[i, 0] = x[i, 0] * x[i, 0] + 0.3 * y[i, 0] }
    let measurer = InformationMeasurer(permutations: 99)
    let auto = try measurer.measure(.numbers(x), .numbers(y), with: AutomaticEstimator())
    #expect(auto.estimate.estimator == "copula+ksg1")
    #expect(auto.p == 0.01)
    let interval = try #require(auto.interval)
    #expect(interval.lower > 0 && interval.lower < auto.estimate.information)
    // At least as wide as the copula's, which knows nothing of the parabola.
    let copula = try measurer.measure(
      .numbers(x), .numbers(y),
      with: try #require(MutualInformationRegistry.estimator(named: "copula")))
    #expect(try #require(auto.standardError) > #require(copula.standardError))
  }

  @Test("A measurement has an interval, a p, and the same numbers for any thread count")
  func measurement() throws {
    let (x, y) = gaussianPair(150, correlation: 0.7, seed: 4)
    let estimator = try #require(MutualInformationRegistry.estimator(named: "ksg1"))
    let measurer = InformationMeasurer(permutations: 39)
    let one = try measurer.measure(.numbers(x), .numbers(y), with: estimator)
    let interval = try #require(one.interval)
    #expect(interval.lower < one.estimate.information && one.estimate.information < interval.upper)
    #expect(interval.lower < 0.3367 && 0.3367 < interval.upper)
    #expect(one.p == 1.0 / 40)
    var parallel = measurer
    parallel.threads = 2
    let two = try parallel.measure(.numbers(x), .numbers(y), with: estimator)
    #expect(two.standardError == one.standardError && two.p == one.p)
    let plain = try InformationMeasurer().measure(.numbers(x), .numbers(y), with: estimator)
    #expect(plain.p == nil)
  }
}
