import Foundation
import LinearAlgebra
import MutualInformation
import Testing

/// Mutations, counts with many zeros and grades: what few distances tell apart.
@Suite("Estimators on tied data")
struct TiedEstimatorTests {
  /// Poisson counts of a class-dependent mean behind class-dependent zeros; mutations of a
  /// class-dependent rate.
  private struct Sample {
    var classes = [Int]()
    var mutation = [Double]()
    var counts = [Double]()

    init(_ count: Int, seed: UInt64) {
      var stream = RandomStream(seed: seed, name: "tied")
      for _ in 0..<count {
        let c = stream.below(2)
        classes.append(c)
        mutation.append(stream.uniform() < Sample.rates[c] ? 1 : 0)
        counts.append(
          stream.uniform() < Sample.zeros[c] ? 0 : Sample.poisson(Sample.means[c], &stream))
      }
    }

    static let rates = [0.1, 0.4]
    static let zeros = [0.6, 0.3]
    static let means = [3.0, 8.0]

    private static func poisson(_ mean: Double, _ stream: inout RandomStream) -> Double {
      var (count, product) = (-1.0, 1.0)
      repeat {
        count += 1
        product *= stream.uniform()
      } while product > exp(-mean)
      return count
    }

    /// I of a class of even odds and a value with these two distributions.
    static func truth(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { sum, pair in
        let mean = (pair.0 + pair.1) / 2
        func part(_ p: Double) -> Double { p > 0 ? p / 2 * log(p / mean) : 0 }
        return sum + part(pair.0) + part(pair.1)
      }
    }

    static var mutationTruth: Double {
      truth([rates[0], 1 - rates[0]], [rates[1], 1 - rates[1]])
    }

    static var countTruth: Double {
      let distributions = (0..<2).map { c in
        (0..<60).map { k -> Double in
          let poisson = exp(Double(k) * log(means[c]) - means[c] - lgamma(Double(k) + 1))
          return (k == 0 ? zeros[c] : 0) + (1 - zeros[c]) * poisson
        }
      }
      return truth(distributions[0], distributions[1])
    }
  }

  private func numbers(_ values: [Double]) -> Variable {
    .numbers(Matrix(rows: values.count, columns: 1, values: values))
  }

  private func estimate(
    _ name: String, _ x: Variable, _ y: Variable
  ) throws -> InformationEstimate {
    try #require(MutualInformationRegistry.estimator(named: name)).estimate(x, y)
  }

  @Test("ross is near the truth on mutations and on counts with zeros, and warns", arguments: 1...3)
  func ross(seed: UInt64) throws {
    let sample = Sample(2000, seed: seed)
    for (values, truth) in [
      (sample.mutation, Sample.mutationTruth), (sample.counts, Sample.countTruth),
    ] {
      for name in ["ross", "mixed", "auto"] {
        let result = try estimate(name, numbers(values), .classes(sample.classes))
        // The standard error of these is about 0.012.
        #expect(abs(result.information - truth) < 0.05, "\(name)")
        if name == "ross" { #expect(result.warnings.contains { $0.contains("tied") }) }
      }
    }
    let both = Matrix(
      rows: 2000, columns: 2, values: zip(sample.mutation, sample.counts).flatMap { [$0, $1] })
    let joint = try estimate("ross", .numbers(both), .classes(sample.classes))
    #expect(joint.warnings.contains { $0.contains("tied") })
    #expect(joint.information > Sample.countTruth - 0.05 && joint.information < log(2))
  }

  @Test("ross on independent tied values is near 0")
  func independent() throws {
    let (sample, other) = (Sample(2000, seed: 4), Sample(2000, seed: 5))
    for values in [sample.mutation, sample.counts] {
      let result = try estimate("ross", numbers(values), .classes(other.classes))
      #expect(abs(result.information) < 0.03)
    }
  }

  @Test("ross without ties is Ross's to the bit, and few ties change nothing")
  func untied() throws {
    var stream = RandomStream(seed: 6, name: "untied")
    let classes = (0..<200).map { _ in stream.below(3) }
    var values = classes.map { Double($0) + stream.normal() }
    func check() throws {
      let matrix = Matrix(rows: 200, columns: 1, values: values)
      let result = try estimate("ross", .numbers(matrix), .classes(classes))
      let raw = try #require(
        MutualInformationRegistry.estimator(
          named: "ross", options: EstimatorOptions(standardizes: false))
      )
      .estimate(.numbers(matrix), .classes(classes))
      #expect(!result.warnings.contains { $0.contains("tied") })
      #expect(raw.information == (try rossInformation(matrix, classes: classes)))
    }
    try check()
    values[1] = values[0]
    try check()
  }

  @Test("estimators of two tables do not fall far below 0 on tied values without a warning")
  func tables() throws {
    let sample = Sample(600, seed: 7)
    let joined = sample.classes.indices.map { sample.counts[$0] + 3 * Double(sample.classes[$0]) }
    for name in ["ksg1", "ksg2", "mixed", "copula", "gaussian", "auto"] {
      for y in [sample.mutation, joined] {
        let result = try estimate(name, numbers(sample.counts), numbers(y))
        let isWarned = result.warnings.contains { $0.contains("biased low") }
        #expect(result.information > (isWarned ? -0.5 : -0.05), "\(name)")
        #expect(result.information < 3, "\(name)")
      }
    }
  }
}
