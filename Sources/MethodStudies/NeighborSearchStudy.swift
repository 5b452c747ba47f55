import ArgumentParser
import Dispatch
import LinearAlgebra
import MutualInformation

/// Times of KSG1 by tree and by comparison of all pairs, over rows, columns and threads: where the
/// border of ``NeighborSearch/automatic`` stands, and what an estimate costs.
struct NeighborSearchStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neighbor-search",
    abstract: "Times of KSG1, tree against all pairs, and of label scores.")

  @Option(help: "Numbers of rows.") var rows: [Int] = [1000, 10_000]
  @Option(help: "Columns of each side.") var columns: [Int] = [1, 2, 3, 5, 10, 15, 20, 25, 50]
  @Option(help: "Runs of which the fastest counts.") var runs = 3

  func run() throws {
    print("data,rows,columns,search,threads,milliseconds,nats")
    for n in rows {
      for d in columns {
        for (name, factors) in [("independent columns", d), ("3 factors", min(3, d))] {
          let (x, y) = Self.pair(rows: n, columns: d, factors: factors)
          for search in [NeighborSearch.tree, .allPairs] {
            for threads in [1, 2] {
              let (time, value) = try fastest {
                try KSGNeighborhoods(
                  x, y, neighbors: 3, variant: .first, norm: .chebyshev, threads: threads,
                  search: search
                ).information
              }
              print("\(name),\(n),\(d)+\(d),\(search),\(threads),\(time),\(value)")
            }
          }
        }
      }
    }
    for n in [1000, 861] {
      var stream = RandomStream(seed: 1, name: "study/labels")
      let classes = (0..<n).map { _ in stream.below(5) }
      let features = stream.normalMatrix(rows: n, columns: 1000)
      for threads in [1, 2] {
        let (time, value) = try fastest {
          try labelInformationScores(features, classes: classes, threads: threads)[0]
        }
        print("label scores,\(n),1000,sorting,\(threads),\(time),\(value)")
      }
    }
  }

  /// Columns of x that load on the factors, and as many of y with correlation .6 to them.
  private static func pair(rows: Int, columns: Int, factors: Int) -> (Matrix, Matrix) {
    var stream = RandomStream(seed: 1, name: "study/neighbors")
    var x = stream.normalMatrix(rows: rows, columns: factors)
    var y = stream.normalMatrix(rows: rows, columns: factors)
    y.scale(by: 0.8)
    y.add(x, times: 0.6)
    guard factors < columns else { return (x, y) }
    let loadings = stream.normalMatrix(rows: factors, columns: columns)
    (x, y) = (x.product(loadings), y.product(loadings))
    var noise = stream.normalMatrix(rows: rows, columns: columns)
    x.add(noise, times: 0.1)
    noise = stream.normalMatrix(rows: rows, columns: columns)
    y.add(noise, times: 0.1)
    return (x, y)
  }

  private func fastest(_ body: () throws -> Double) rethrows -> (Double, Double) {
    var (best, value) = (UInt64.max, 0.0)
    for _ in 0..<runs {
      let start = DispatchTime.now().uptimeNanoseconds
      value = try body()
      best = min(best, DispatchTime.now().uptimeNanoseconds - start)
    }
    return (Double(best / 1000) / 1000, value)
  }
}
