import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Limits of neighbor estimates")
struct NeighborCeilingTests {
  @Test(
    "No estimate exceeds its ceiling; copies reach it", arguments: KSGVariant.allCases, [1, 3, 8])
  func ceiling(variant: KSGVariant, k: Int) throws {
    for seed in 1...20 {
      var stream = RandomStream(seed: UInt64(seed), name: "ceiling")
      let n = 12 + 7 * seed
      let x = stream.normalMatrix(rows: n, columns: 1 + seed % 3)
      let noise = stream.normalMatrix(rows: n, columns: 1 + seed % 3)
      let y = x + (seed % 2 == 0 ? 1e-6 : 0.5) * noise
      let top = digamma(Double(n)) - digamma(Double(k)) - (variant == .first ? 0 : 1 / Double(k))
      for norm in DistanceNorm.allCases {
        let value = try ksgInformation(x, y, neighbors: k, variant: variant, norm: norm)
        #expect(value <= top + 1e-12)
        let copied = try ksgInformation(x, x, neighbors: k, variant: variant, norm: norm)
        #expect(abs(copied - top) <= 1e-12)
      }
    }
  }

  @Test("A factor on one space alone is not a common factor")
  func factors() throws {
    let (x, y) = gaussianPair(200, correlation: 0.6, seed: 4)
    let value = try ksgInformation(x, y)
    #expect(abs(try ksgInformation(7 * x, 7 * y) - value) <= 1e-10)
    #expect(abs(try ksgInformation(7 * x, y) - value) > 1e-3)
  }

  @Test("Mixed KSG and Ross: order of rows and sides, translation, common factor")
  func invariance() throws {
    let (x, y) = gaussianPair(150, correlation: 0.6, seed: 5)
    let heaped = y.mapValues { max($0, 0) }
    let labels = (0..<150).map { y[$0, 0] > 0 ? 1 : 0 }
    var stream = RandomStream(seed: 2)
    let order = stream.permutation(150)
    let mixed = try mixedKSGInformation(x, heaped)
    let ross = try rossInformation(Matrix.horizontal([x, heaped]), classes: labels)
    let moved = x.mapValues { $0 + 0.5 }
    #expect(abs(try mixedKSGInformation(moved, heaped) - mixed) <= 1e-10)
    #expect(abs(try mixedKSGInformation(4 * x, 4 * heaped) - mixed) <= 1e-10)
    #expect(
      try mixedKSGInformation(heaped.selecting(rows: order), x.selecting(rows: order)) == mixed)
    let both = Matrix.horizontal([x, heaped])
    #expect(
      try rossInformation(both.selecting(rows: order), classes: order.map { labels[$0] }) == ross)
    #expect(abs(try rossInformation(3 * both, classes: labels) - ross) <= 1e-10)
    #expect(try rossInformation(both, classes: labels.map { 5 - 2 * $0 }) == ross)
    let copula = GaussianEstimator(name: "copula", usesNormalScores: true)
    let forward = try copula.estimate(.numbers(x), .numbers(y)).information
    #expect(abs(try copula.estimate(.numbers(y), .numbers(x)).information - forward) <= 1e-12)
  }
}
