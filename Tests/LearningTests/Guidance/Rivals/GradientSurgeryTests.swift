import Learning
import LinearAlgebra
import Testing
import _TestSupport

@Suite struct GradientSurgeryTests {
  private func inner(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { $0 * $1 }.reduce(0, +)
  }

  private func norm(_ a: [Double]) -> Double { inner(a, a).squareRoot() }

  private func expectEqual(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-12) {
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) { #expect(abs(x - y) < tolerance) }
  }

  @Test func goldenPareto() {
    let golden = Golden.shared["pareto"]
    let (fused, own) = (golden["g_mm"].doubles, golden["g_u"].doubles)
    let pareto = ParetoDirection(fused: fused, modality: own)
    #expect(abs(pareto.cosine - golden["cos"].double) < 1e-12)
    #expect(abs(pareto.fusedWeight - golden["alpha_mm"].double) < 1e-12)
    expectEqual(pareto.unscaled, golden["direction_2x"].doubles)
    #expect(abs(norm(pareto.unscaled) - golden["norm_dir"].double) < 1e-12)
    #expect(abs(norm(pareto.direction) - 1.5 * golden["norm_of_sum"].double) < 1e-12)
  }

  @Test func paretoNeverWorksAgainstEither() {
    var stream = RandomStream(seed: 1, name: "pareto")
    for _ in 0..<300 {
      let fused = (0..<5).map { _ in stream.normal() }
      let scale = exponential(3 * stream.normal())
      let own = (0..<5).map { _ in scale * stream.normal() }
      let pareto = ParetoDirection(fused: fused, modality: own)
      let sum = zip(fused, own).map { $0 + $1 }
      if pareto.cosine > 0 {
        expectEqual(pareto.direction, sum.map { 1.5 * $0 }, 1e-9 * max(1, scale))
      } else {
        let slack = 1e-9 * norm(pareto.direction) * max(norm(fused), norm(own))
        #expect(inner(pareto.direction, fused) >= -slack)
        #expect(inner(pareto.direction, own) >= -slack)
        #expect(norm(pareto.direction) >= 1.5 * norm(sum) * (1 - 1e-9))
        // Nearest point of the segment, against a grid.
        for step in 0...20 {
          let a = Double(step) / 20
          let point = zip(fused, own).map { 2 * (a * $0 + (1 - a) * $1) }
          #expect(norm(pareto.unscaled) <= norm(point) * (1 + 1e-12))
        }
      }
    }
  }

  @Test func paretoWithoutGradients() {
    #expect(ParetoDirection(fused: [0, 0], modality: [0, 0]).direction == [0, 0])
    expectEqual(ParetoDirection(fused: [1, -2], modality: [0, 0]).direction, [1.5, -3])
    expectEqual(ParetoDirection(fused: [0, 0], modality: [1, -2]).direction, [1.5, -3])
    #expect(ParetoDirection(fused: [1, -2], modality: [-1, 2]).direction == [0, 0])
    let opposite = ParetoDirection(fused: [0.1, 0.3], modality: [-0.3, -0.9]).direction
    #expect(opposite.allSatisfy { $0.isFinite })
  }

  @Test func goldenProjection() {
    let golden = Golden.shared["pcgrad"]
    var stream = RandomStream(seed: 1, name: "pcgrad")
    let projected = projectedGradients(
      [golden["g1"].doubles, golden["g2"].doubles], stream: &stream)
    expectEqual(projected[0], golden["g1_projected"].doubles)
    expectEqual(projected[1], golden["g2_projected"].doubles)
    expectEqual(zip(projected[0], projected[1]).map { $0 + $1 }, golden["sum"].doubles)
  }

  @Test func agreeingAndZeroGradientsAreKept() {
    var stream = RandomStream(seed: 1, name: "pcgrad")
    let agreeing = [[1.0, 0.2], [0.5, 1.0], [0.0, 0.0]]
    #expect(projectedGradients(agreeing, stream: &stream) == agreeing)
    #expect(projectedGradients([[1.0, -1.0]], stream: &stream) == [[1.0, -1.0]])
    let gradients = [[1.0, 0, 0], [-1.0, 1, 0], [-1.0, -1, 1]]
    var again = RandomStream(seed: 1, name: "pcgrad/order")
    var once = again
    #expect(
      projectedGradients(gradients, stream: &again)
        == projectedGradients(gradients, stream: &once))
  }
}
