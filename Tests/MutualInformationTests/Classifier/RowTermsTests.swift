import LinearAlgebra
import MutualInformation
import Testing

@Suite("Row terms")
struct RowTermsTests {
  private let stream = RandomStream(seed: 1, name: "row-terms")

  private func draws(_ count: Int, mean: Double = 0, seed: UInt64 = 2) -> [Double] {
    var stream = RandomStream(seed: seed, name: "draws")
    return (0..<count).map { _ in mean + stream.normal() }
  }

  @Test("Units of one patient each are as no units")
  func singletons() {
    let values = draws(150)
    let plain = RowTerms(values)
    let units = RowTerms(values, units: (0..<150).map { 7 * $0 })
    #expect(units.unitCount == 150)
    #expect(units.estimate == plain.estimate)
    #expect(
      abs((units.standardError ?? 0) - (plain.standardError ?? 1)) < 1e-15)
    #expect(
      units.signFlipP(flips: 500, stream: stream) == plain.signFlipP(flips: 500, stream: stream))
  }

  @Test("The standard error of units is that of their means, where units are of one size")
  func clusters() throws {
    let values = draws(120)
    let units = RowTerms(values, units: (0..<120).map { $0 % 12 })
    let means = (0..<12).map { unit in
      stride(from: unit, to: 120, by: 12).reduce(0) { $0 + values[$1] } / 10
    }
    let expected = try #require(RowTerms(means).standardError)
    let error = try #require(units.standardError)
    #expect(abs(error - expected) < 1e-14)
  }

  @Test("Copies of a patient within a unit narrow nothing")
  func duplicates() throws {
    let values = draws(40)
    let doubled = RowTerms(values + values, units: Array(0..<40) + Array(0..<40))
    let doubledError = try #require(doubled.standardError)
    let singleError = try #require(RowTerms(values).standardError)
    #expect(abs(doubledError - singleError) < 1e-14)
    let (lower, upper) = try #require(doubled.interval(stream: stream))
    #expect(lower < doubled.estimate && doubled.estimate < upper)
  }

  @Test("Widening stretches error and interval about the mean, and leaves the test alone")
  func widening() throws {
    for (count, units) in [(60, nil), (150, nil), (60, Array(0..<60))] as [(Int, [Int]?)] {
      let values = draws(count, mean: 0.3)
      let plain = RowTerms(values, units: units)
      let wide = RowTerms(values, units: units, widening: 1.25)
      let (error, wideError) = (try #require(plain.standardError), try #require(wide.standardError))
      #expect(abs(wideError - 1.25 * error) < 1e-15)
      let (a, b) = (
        try #require(plain.interval(stream: stream)), try #require(wide.interval(stream: stream))
      )
      #expect(abs((b.1 - b.0) - 1.25 * (a.1 - a.0)) < 1e-14)
      #expect(abs((b.0 - plain.estimate) - 1.25 * (a.0 - plain.estimate)) < 1e-14)
      #expect(
        plain.signFlipP(flips: 200, stream: stream) == wide.signFlipP(flips: 200, stream: stream))
    }
  }

  @Test("Random flips come near the exact count over all of them")
  func signFlips() {
    let values = draws(12, mean: 0.4)
    let total = values.reduce(0, +)
    let reached = (0..<4096).count { bits in
      let sum = values.indices.reduce(0.0) { $0 + (bits >> $1 & 1 == 0 ? values[$1] : -values[$1]) }
      return sum >= total - 1e-12
    }
    let exact = Double(reached) / 4096
    let p = RowTerms(values).signFlipP(stream: stream)
    // Four standard errors of 10,000 draws.
    #expect(abs(p - exact) < 4 * (exact * (1 - exact) / 10_000).squareRoot() + 1e-4)
  }

  @Test("Too few units have no error, no patients no estimate")
  func few() {
    #expect(RowTerms([1]).standardError == nil)
    #expect(RowTerms([1, 2], units: [3, 3]).standardError == nil)
    #expect(RowTerms([1, 2], units: [3, 3]).interval(stream: stream) == nil)
    #expect(RowTerms([]).estimate == 0)
  }
}

@Suite("Evidence held against permuted labels")
struct EvidencePermutationTests {
  private let stream = RandomStream(seed: 3, name: "evidence")

  @Test("Comes near the exact count over all orders")
  func exact() throws {
    let ratios: [[Double]] = [
      [0.3, -0.4], [0.2, -0.1], [-0.5, 0.2], [0.1, 0], [-0.2, 0.3], [0, 0.1],
    ]
    let labels = [0, 1, 1, 0, 1, 0]
    let observed = labels.enumerated().reduce(0.0) { $0 + ratios[$1.offset][$1.element] }
    var (reached, all) = (0, 0)
    for bits in 0..<64 where bits.nonzeroBitCount == 3 {
      let sum = (0..<6).reduce(0.0) { $0 + ratios[$1][bits >> $1 & 1] }
      all += 1
      reached += sum >= observed - 1e-12 ? 1 : 0
    }
    let expected = Double(reached) / Double(all)
    let p = try #require(
      evidencePermutationP(
        ratios: ratios, labels: labels, strata: [0, 0, 0, 0, 0, 0], permutations: 20_000,
        stream: stream))
    #expect(abs(p - expected) < 4 * (expected * (1 - expected) / 20_000).squareRoot())
  }

  @Test("Labels stay within their stratum, and pure strata have no p")
  func strata() {
    let ratios = [[1.0, -1], [-1, 1], [1, -1], [-1, 1]]
    let labels = [0, 1, 0, 1]
    // Each stratum holds one class: nothing can be exchanged.
    #expect(
      evidencePermutationP(
        ratios: ratios, labels: labels, strata: [0, 1, 0, 1], permutations: 99, stream: stream)
        == nil)
    // Two strata of two: the true order is one of four.
    let p = evidencePermutationP(
      ratios: ratios, labels: labels, strata: [0, 0, 1, 1], permutations: 9_999, stream: stream)
    #expect(abs((p ?? 0) - 0.25) < 0.02)
  }

  @Test("Uniform where evidence knows nothing")
  func uniform() {
    var draws = RandomStream(seed: 4, name: "null")
    let values = (0..<300).map { index -> Double in
      let labels = (0..<30).map { _ in draws.below(3) }
      let ratios = labels.map { _ in (0..<3).map { _ in draws.normal() } }
      return evidencePermutationP(
        ratios: ratios, labels: labels, strata: labels.indices.map { $0 % 2 }, permutations: 199,
        stream: RandomStream(seed: UInt64(index), name: "p")) ?? 1
    }.sorted()
    let distance = values.enumerated().map { abs($1 - (Double($0) + 0.5) / 300) }.max() ?? 1
    // Kolmogorov–Smirnov at the .001 level.
    #expect(distance < 1.95 / 300.0.squareRoot())
  }
}
