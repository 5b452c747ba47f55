import LinearAlgebra
@testable import MutualInformation
import Testing
import _TestSupport

@Suite("Searches of near rows")
struct PointSetTests {
  /// Distances as they are defined, and everything sorted.
  private struct Oracle {
    let distances: [[Double]]

    init(_ spaces: [Matrix], _ norm: DistanceNorm) {
      let n = spaces[0].rowCount
      distances = (0..<n).map { i in
        (0..<n).map { j in
          spaces.map { space in
            let differences = (0..<space.columnCount).map { space[j, $0] - space[i, $0] }
            return norm == .chebyshev
              ? differences.map { abs($0) }.max() ?? 0
              : differences.reduce(0) { $0 + $1 * $1 }
          }.max() ?? 0
        }
      }
    }

    func nearest(_ k: Int) -> (distances: [Double], indices: [Int]) {
      let order = distances.indices.flatMap { i in
        distances[i].indices.filter { $0 != i }
          .sorted { (distances[i][$0], $0) < (distances[i][$1], $1) }.prefix(k)
      }
      return (order.enumerated().map { distances[$0.offset / k][$0.element] }, order)
    }

    func counts(within radii: [Double], closed: Bool) -> [Int] {
      distances.indices.map { i in
        distances[i].indices.count { j in
          j != i && (closed ? distances[i][j] <= radii[i] : distances[i][j] < radii[i])
        }
      }
    }
  }

  /// Continuous, rounded, mostly repeated and constant columns.
  private func tables(_ n: Int, columns: Int, seed: UInt64) -> [Matrix] {
    var stream = RandomStream(seed: seed, name: "points")
    let smooth = stream.normalMatrix(rows: n, columns: columns)
    return [
      smooth, smooth.mapValues { ($0 * 2).rounded() }, smooth.mapValues { max($0, 0.8) },
      Matrix(rows: n, columns: columns, repeating: 7),
    ]
  }

  @Test(
    "Tree and all pairs equal the definition: neighbors, ties by row, counts",
    arguments: DistanceNorm.allCases, [2, 15, 16, 17, 33, 150])
  func definition(norm: DistanceNorm, n: Int) {
    for (widths, seed) in [([1], 1), ([1, 1], 2), ([2, 3], 3), ([1, 2, 1], 4), ([11, 9], 5)] {
      for kind in 0..<4 {
        let spaces = widths.enumerated().map {
          tables(n, columns: $0.element, seed: UInt64(10 * seed + $0.offset))[kind]
        }
        let oracle = Oracle(spaces, norm)
        for k in Set([1, 3, n - 1]).filter({ $0 < n }) {
          let expected = oracle.nearest(k)
          let radii = (0..<n).map { expected.distances[$0 * k + k - 1] }
          for closed in [true, false] {
            #expect(
              neighborCounts(spaces, within: radii, closed: closed, norm: norm, threads: 2)
                == oracle.counts(within: radii, closed: closed))
          }
          for search in [NeighborSearch.tree, .allPairs] {
            let points = PointSet(spaces, norm: norm, search: search)
            let found = points.nearest(k)
            #expect(found.distances == expected.distances)
            #expect(found.indices == expected.indices)
            #expect(points.nearestDistances(k) == expected.distances)
            for closed in [true, false] {
              let counts = points.counts(within: radii, closed: closed)
              #expect(counts == oracle.counts(within: radii, closed: closed))
            }
          }
        }
      }
    }
  }

  @Test("Threads change nothing", arguments: [NeighborSearch.tree, .allPairs])
  func threads(search: NeighborSearch) {
    for table in tables(1500, columns: 3, seed: 9) {
      let points = PointSet([table], norm: .euclidean, search: search)
      let (one, three) = (points.nearest(4), points.nearest(4, threads: 3))
      #expect(one.distances == three.distances && one.indices == three.indices)
      let radii = (0..<1500).map { one.distances[4 * $0 + 3] }
      #expect(
        points.counts(within: radii, closed: true)
          == points.counts(within: radii, closed: true, threads: 3))
    }
  }

  @Test("Radii that differ from row to row; nothing and everything within")
  func radii() {
    let table = tables(200, columns: 2, seed: 3)[0]
    var stream = RandomStream(seed: 4)
    let radii = (0..<200).map { row in row % 5 == 0 ? 0 : row % 7 == 0 ? 1e9 : stream.uniform() }
    let oracle = Oracle([table], .chebyshev)
    for search in [NeighborSearch.tree, .allPairs] {
      let points = PointSet([table], norm: .chebyshev, search: search)
      for closed in [true, false] {
        let counts = points.counts(within: radii, closed: closed)
        #expect(counts == oracle.counts(within: radii, closed: closed))
      }
      #expect(
        points.counts(within: [Double](repeating: -1, count: 200), closed: true)
          .allSatisfy { $0 == 0 })
    }
  }
}
