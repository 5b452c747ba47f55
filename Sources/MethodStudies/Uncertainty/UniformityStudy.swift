import ArgumentParser
import Foundation
import LinearAlgebra
import MutualInformation

/// Whether permutation p-values are uniform where nothing depends on anything.
struct UniformityStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uniformity",
    abstract: "Kolmogorov-Smirnov tests of permutation p-values under independence.")

  @Option(help: "Rows of a simulated pair.") var rows: [Int] = [50, 200]
  @Option(help: "Repetitions.") var repetitions = 400
  @Option(help: "Permutations of each test.") var permutations = 199
  @Option(help: "Threads.") var threads = 2

  /// A pair without dependence and the estimators tried on it.
  private struct Null: Sendable {
    let name: String
    let estimators: [String]
    let draw: @Sendable (_ rows: Int, _ stream: inout RandomStream) -> (Variable, Variable)
  }

  private static let nulls = [
    Null(name: "normals, 2 + 2 columns", estimators: ["auto", "ksg1", "copula", "gaussian"]) {
      (
        .numbers($1.normalMatrix(rows: $0, columns: 2)),
        .numbers($1.normalMatrix(rows: $0, columns: 2))
      )
    },
    Null(name: "normal and three classes", estimators: ["auto", "ross", "classifier"]) {
      rows, stream in
      let x = stream.normalMatrix(rows: rows, columns: 1)
      return (.numbers(x), .classes((0..<rows).map { _ in stream.below(3) }))
    },
    Null(name: "half zeros and normal", estimators: ["auto", "mixed"]) { rows, stream in
      var x = Matrix(rows: rows, columns: 1)
      for i in 0..<rows where stream.below(2) == 0 { x[i, 0] = stream.normal() }
      return (.numbers(x), .numbers(stream.normalMatrix(rows: rows, columns: 1)))
    },
    Null(name: "classes, 6 by 6", estimators: ["auto"]) { rows, stream in
      let x = (0..<rows).map { _ in stream.below(6) }
      return (.classes(x), .classes((0..<rows).map { _ in stream.below(6) }))
    },
  ]

  func run() throws {
    print(
      "| independent pair | estimator | n | mean p | p ≤ .05 | KS distance | p of the KS test |")
    print("|---|---|---|---|---|---|---|")
    for null in Self.nulls {
      for name in null.estimators {
        for count in rows { try tell(null, name, rows: count) }
      }
    }
  }

  private func tell(_ null: Null, _ name: String, rows count: Int) throws {
    let values = try parallelMap(count: repetitions, threads: threads) { repetition in
      let streams = RandomStreams(seed: UInt64(repetition) + 1)
      var stream = streams.stream("uniformity/\(null.name)/\(count)")
      let (x, y) = null.draw(count, &stream)
      guard
        let estimator = MutualInformationRegistry.estimator(
          named: name, options: EstimatorOptions(streams: streams))
      else { throw ValidationError("there is no estimator \(name)") }
      let measurer = InformationMeasurer(
        confidence: nil, permutations: permutations, streams: streams)
      return try measurer.measure(x, y, with: estimator).p ?? .nan
    }
    let distance = Self.distance(values, grid: permutations + 1)
    let small = Double(values.count { $0 <= 0.05 }) / Double(values.count)
    print(
      "| \(null.name) | `\(name)` | \(count) | "
        + String(format: "%.3f | %.1f %%", orderedMean(values), 100 * small)
        + String(
          format: " | %.3f | %.3f |", distance, Self.tail(distance, count: values.count)))
    fflush(nil)
  }

  /// Largest distance of the empirical distribution from the uniform one on 1/g, 2/g, … 1.
  private static func distance(_ values: [Double], grid: Int) -> Double {
    (1...grid).map { step in
      let point = Double(step) / Double(grid)
      let share = Double(values.count { $0 <= point + 1e-12 }) / Double(values.count)
      return abs(share - point)
    }.max() ?? 0
  }

  /// P(D ≥ d) by Kolmogorov's series; for a grid it is conservative.
  private static func tail(_ distance: Double, count: Int) -> Double {
    let root = Double(count).squareRoot()
    let lambda = (root + 0.12 + 0.11 / root) * distance
    guard lambda > 0.2 else { return 1 }
    var sum = 0.0
    for k in 1...100 {
      let term: Double = 2 * exponential(-2 * Double(k * k) * lambda * lambda)
      sum += k % 2 == 1 ? term : -term
    }
    return min(1, max(0, sum))
  }
}
