import LinearAlgebra
import MutualInformation
import Testing
import _TestSupport

@Suite("Neighbor estimates do not depend on how neighbors are found")
struct NeighborSearchAgreementTests {
  private func correlated(_ n: Int, _ columns: Int, seed: UInt64) -> (x: Matrix, y: Matrix) {
    var stream = RandomStream(seed: seed, name: "correlated")
    let x = stream.normalMatrix(rows: n, columns: columns)
    var y = stream.normalMatrix(rows: n, columns: columns)
    y.scale(by: 0.8)
    y.add(x, times: 0.6)
    return (x, y)
  }

  @Test("Same bits by tree and by all pairs, at any thread count", arguments: [1, 2, 6, 30])
  func search(columns: Int) throws {
    let (x, y) = correlated(400, columns, seed: 5)
    let coarse = x.mapValues { ($0 * 3).rounded() / 3 }
    let labels = (0..<400).map { x[$0, 0] > 0.3 ? 1 : $0 % 3 == 0 ? 2 : 0 }
    for threads in [1, 3] {
      for norm in DistanceNorm.allCases {
        func estimates(_ search: NeighborSearch) throws -> [Double] {
          try KSGVariant.allCases.flatMap { variant in
            try [x, coarse].map { left in
              try KSGNeighborhoods(
                left, y, neighbors: 3, variant: variant, norm: norm, threads: threads,
                search: search
              ).information
            }
          } + [
            try mixedKSGInformation(coarse, y, neighbors: 3, threads: threads, search: search),
            try rossInformation(
              x, classes: labels, neighbors: 3, norm: norm, threads: threads, search: search),
            try rossInformation(
              coarse, classes: labels, neighbors: 3, norm: norm, threads: threads, search: search),
          ]
        }
        let byTree = try estimates(.tree)
        #expect(try estimates(.allPairs) == byTree)
        #expect(try ksgInformation(x, y, norm: norm) == byTree[0])
      }
    }
  }

  @Test("Row order and order of sides do not change a bit")
  func order() throws {
    let (x, y) = correlated(300, 2, seed: 6)
    var stream = RandomStream(seed: 1)
    let order = stream.permutation(300)
    let (left, right) = (x.selecting(rows: order), y.selecting(rows: order))
    for norm in DistanceNorm.allCases {
      for variant in KSGVariant.allCases {
        let value = try ksgInformation(x, y, variant: variant, norm: norm)
        #expect(try ksgInformation(left, right, variant: variant, norm: norm) == value)
        #expect(try ksgInformation(y, x, variant: variant, norm: norm) == value)
      }
    }
    let mixed = try mixedKSGInformation(x, y)
    #expect(try mixedKSGInformation(right, left) == mixed)
  }

  @Test("A hundred thousand rows, where n² numbers would not fit", arguments: [1, 5])
  func manyRows(columns: Int) throws {
    let (x, y) = correlated(100_000, columns, seed: 7)
    let value = try ksgInformation(x, y, neighbors: 5, threads: 2)
    // ρ = .6 in every pair of columns: .2231 nats a pair; neighbors lose some in five columns.
    let truth = 0.2231 * Double(columns)
    #expect(value < truth + 0.01 && value > (columns == 1 ? truth - 0.01 : 0.8 * truth))
  }

  @Test("A hundred thousand rows, half of them equal")
  func manyEqualRows() throws {
    var (x, y) = correlated(100_000, 1, seed: 8)
    for row in 0..<50_000 { (x[2 * row, 0], y[2 * row, 0]) = (9, 9) }
    let value = try mixedKSGInformation(x, y, threads: 2)
    // Whether a row is of the equal half: ln 2; and .2231 within the other half.
    #expect(abs(value - (0.6931 + 0.2231 / 2)) < 0.01)
  }
}
