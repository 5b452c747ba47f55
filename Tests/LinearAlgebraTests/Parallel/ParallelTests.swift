import LinearAlgebra
import Testing

@Suite("Ordered sums and parallel maps")
struct ParallelTests {
  private struct Failure: Error, Equatable { let index: Int }

  @Test("The ordered sum follows its fixed tree", arguments: [0, 1, 255, 256, 257, 1_000, 70_001])
  func sum(count: Int) {
    var stream = RandomStream(seed: 9)
    let values = (0..<count).map { _ in stream.normal() }
    var level = stride(from: 0, to: count, by: 256).map { start in
      values[start..<min(start + 256, count)].reduce(0, +)
    }
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { i in
        i + 1 < level.count ? level[i] + level[i + 1] : level[i]
      }
    }
    #expect(orderedSum(values) == level.first ?? 0)
  }

  @Test("Results stand in index order at any thread count", arguments: [1, 2, 7])
  func map(threads: Int) {
    let squares = parallelMap(count: 100, threads: threads) { $0 * $0 }
    #expect(squares == (0..<100).map { $0 * $0 })
  }

  @Test("An error ends the map")
  func failure() {
    #expect(throws: Failure.self) {
      try parallelMap(count: 50, threads: 3) { index in
        if index == 20 { throw Failure(index: index) }
        return index
      }
    }
  }
}
