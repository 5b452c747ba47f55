import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Redundancy and synergy of any variables")
struct InteractionInformationTests {
  private func sources(_ n: Int, seed: UInt64) -> (first: Matrix, second: Matrix, noise: Matrix) {
    var stream = RandomStream(seed: seed)
    let first = stream.normalMatrix(rows: n, columns: 1)
    let second = stream.normalMatrix(rows: n, columns: 1)
    return (first, second, stream.normalMatrix(rows: n, columns: 1))
  }

  @Test("Gaussian sum of two sources: synergy of the closed form, by every estimator")
  func synergy() throws {
    let (a, b, noise) = sources(2000, seed: 3)
    let target = a + b + noise
    // Each alone ½ ln(3/2), both ½ ln 3: co-information ½ ln(3/4).
    for (name, tolerance) in [("gaussian", 0.04), ("copula", 0.04), ("ksg1", 0.08)] {
      let estimator = try #require(MutualInformationRegistry.estimator(named: name))
      let result = try InteractionInformation(
        .numbers(a), .numbers(b), target: .numbers(target), estimator: estimator)
      #expect(abs(result.first - 0.2027) <= tolerance && abs(result.second - 0.2027) <= tolerance)
      #expect(abs(result.joint - 0.5493) <= tolerance)
      #expect(abs(result.coInformation + 0.1438) <= 2 * tolerance, "\(name)")
      #expect(result.coInformation == result.first + result.second - result.joint)
    }
  }

  @Test("Two noisy copies of one source: redundancy; labels as target; auto chooses once")
  func redundancy() throws {
    let (source, a, b) = sources(600, seed: 4)
    let first = Variable.numbers(source + 0.3 * a)
    let second = Variable.numbers(source + 0.3 * b)
    let label = Variable.classes((0..<600).map { source[$0, 0] > 0 ? 1 : 0 })
    for estimator in [RossEstimator(), AutomaticEstimator()] as [any MutualInformationEstimator] {
      let result = try InteractionInformation(first, second, target: label, estimator: estimator)
      #expect(result.coInformation > 0.2 && result.joint > result.first)
      #expect(abs(result.first - result.second) < 0.1)
    }
  }

  @Test("Classes by the discrete estimator are what the table gives")
  func classes() throws {
    var stream = RandomStream(seed: 6)
    let a = (0..<200).map { _ in stream.below(3) }
    let b = (0..<200).map { _ in stream.below(2) }
    let target = zip(a, b).map { ($0 + $1) % 3 }
    let plain = InteractionInformation(a, b, target: target)
    let estimated = try InteractionInformation(
      .classes(a), .classes(b), target: .classes(target),
      estimator: DiscreteEstimator(correction: .plugIn))
    #expect(estimated == plain)
  }

  @Test("Refused: sources of two kinds, unequal rows")
  func refused() {
    let numbers = Variable.numbers(Matrix([[0.1], [0.2], [0.3]]))
    let labels = Variable.classes([0, 1, 0])
    for (second, code) in [
      (labels, MutualInformationError.Code.unsupportedVariable), (.classes([0, 1]), .unequalRows),
    ] {
      let error = #expect(throws: MutualInformationError.self) {
        try InteractionInformation(numbers, second, target: labels, estimator: RossEstimator())
      }
      #expect(error?.code == code)
    }
  }
}
