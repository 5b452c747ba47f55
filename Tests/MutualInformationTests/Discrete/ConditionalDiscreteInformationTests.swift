import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Conditional information of classes")
struct ConditionalDiscreteInformationTests {
  private let bits = (0..<400).map { [$0 & 1, $0 >> 1 & 1] }

  @Test("Exclusive or: nothing alone, ln 2 given the other")
  func exclusiveOr() throws {
    let (a, b) = (bits.map { $0[0] }, bits.map { $0[1] })
    let c = bits.map { $0[0] ^ $0[1] }
    #expect(abs(ContingencyTable(a, c).plugIn) <= 1e-12)
    let value = try conditionalDiscreteInformation(a, c, given: b, correction: .plugIn)
    #expect(abs(value - 0.6931471805599453) <= 1e-12)
    let estimate = try DiscreteEstimator().estimate(.classes(a), .classes(c), given: .classes(b))
    #expect(abs(estimate.information - 0.6931471805599453) <= 0.01)
  }

  @Test(
    "Chain rule, symmetry, a constant condition, unlabelled rows",
    arguments: EntropyCorrection.allCases)
  func identities(correction: EntropyCorrection) throws {
    var stream = RandomStream(seed: 5)
    let z = (0..<300).map { row in row % 40 == 0 ? -1 : stream.below(3) }
    let x = z.map { max($0, 0) + stream.below(3) }
    let y = z.map { max($0, 0) + stream.below(2) }
    func conditional(_ a: [Int], _ b: [Int], _ c: [Int]) throws -> Double {
      try conditionalDiscreteInformation(a, b, given: c, correction: correction)
    }
    let value = try conditional(x, y, z)
    #expect(abs(try conditional(y, x, z) - value) <= 1e-12)
    // I(X; Y, Z) = I(X; Z) + I(X; Y | Z), over the rows that have all three.
    let pairs = zip(y, z).map { $1 < 0 ? -1 : $0 * 3 + $1 }
    let chain =
      ContingencyTable(x, pairs).information(correction)
      - ContingencyTable(x, z).information(correction)
    #expect(abs(value - chain) <= 1e-12)
    let constant = [Int](repeating: 4, count: 300)
    #expect(
      abs(try conditional(x, y, constant) - ContingencyTable(x, y).information(correction)) <= 1e-12
    )
  }

  @Test("Independent given z: the default is near 0")
  func independent() throws {
    let mean = try meanOverSeeds(20) { seed in
      var stream = RandomStream(seed: seed)
      let z = (0..<500).map { _ in stream.below(3) }
      let (x, y) = (z.map { ($0 + stream.below(2)) % 3 }, z.map { ($0 + stream.below(2)) % 3 })
      return try conditionalDiscreteInformation(x, y, given: z)
    }
    #expect(abs(mean) < 0.005)
  }

  @Test("Refused: unequal rows, numbers without classes")
  func refused() {
    let unequal = #expect(throws: MutualInformationError.self) {
      try conditionalDiscreteInformation([0, 1], [0, 1], given: [0])
    }
    #expect(unequal?.code == .unequalRows)
    let numbers = Variable.numbers(Matrix([[0.5], [1.5]]))
    let kind = #expect(throws: MutualInformationError.self) {
      try DiscreteEstimator().estimate(.classes([0, 1]), .classes([0, 1]), given: numbers)
    }
    #expect(kind?.code == .unsupportedVariable)
  }
}
