import LinearAlgebra
import Testing

@testable import Equipoise

@Suite struct SubsetValuesTests {
  private func random(_ players: Int) -> SubsetValues {
    var stream = RandomStream(seed: UInt64(players), name: "game")
    return SubsetValues(
      playerCount: players, values: (0..<(1 << players)).map { _ in stream.normal() })
  }

  private func orders(_ players: [Int]) -> [[Int]] {
    players.isEmpty
      ? [[]]
      : players.flatMap { first in orders(players.filter { $0 != first }).map { [first] + $0 } }
  }

  @Test func shapleyIsTheMeanOverAllOrders() {
    for players in 1...5 {
      let game = random(players)
      let orders = orders(Array(0..<players))
      var sums = [Double](repeating: 0, count: players)
      for order in orders {
        var subset = 0
        for k in order {
          sums[k] += game.values[subset | 1 << k] - game.values[subset]
          subset |= 1 << k
        }
      }
      for (value, sum) in zip(game.shapley, sums) {
        #expect(abs(value - sum / Double(orders.count)) < 1e-12)
      }
      let total = game.shapley.reduce(0, +)
      #expect(abs(total - (game.values[(1 << players) - 1] - game.values[0])) < 1e-12)
    }
  }

  @Test func whoAddsNothingGetsNothing() {
    // Player 1 of three changes no value.
    let values: [Double] = (0..<8).map { (subset: Int) -> Double in
      let (first, last) = (Double(subset & 1), Double(subset >> 2))
      return 3 * first + 5 * last + first * last
    }
    let game = SubsetValues(playerCount: 3, values: values)
    #expect(game.shapley == [3.5, 0, 5.5])
    #expect(game.interaction(0, 1) == 0 && game.interaction(1, 2) == 0)
    #expect(abs(game.interaction(0, 2) - 1) < 1e-12)
  }

  @Test func interactionOfTwoIsTheirSurplus() {
    let game = SubsetValues(playerCount: 2, values: [0.1, 0.4, 0.3, 0.9])
    #expect(abs(game.interaction(0, 1) - (0.9 - 0.4 - 0.3 + 0.1)) < 1e-15)
    #expect(abs(game.interaction(0, 1) - game.interaction(1, 0)) < 1e-15)
  }
}
