import ArgumentParser
import Foundation
import LinearAlgebra
import MutualInformation

/// How often intervals hold the truth.
struct CoverageStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Coverage of 95 % intervals on pairs of known information.")

  @Option(help: "Rows of a simulated pair.") var rows: [Int] = [200, 1000]
  @Option(help: "Repetitions.") var repetitions = 200
  @Option(help: "Threads.") var threads = 2

  func run() throws {
    print("| pair | truth | estimator | n | covered | mean error | sd | mean SE |")
    print("|---|---|---|---|---|---|---|---|")
    for pair in KnownPair.all {
      for name in pair.estimators {
        for count in rows { try tell(pair, name, rows: count) }
      }
    }
  }

  private func tell(_ pair: KnownPair, _ name: String, rows count: Int) throws {
    let results = try parallelMap(count: repetitions, threads: threads) { repetition in
      let streams = RandomStreams(seed: UInt64(repetition) + 1)
      var stream = streams.stream("coverage/\(pair.name)/\(count)")
      let (x, y) = pair.draw(count, &stream)
      guard
        let estimator = MutualInformationRegistry.estimator(
          named: name, options: EstimatorOptions(streams: streams))
      else { throw ValidationError("there is no estimator \(name)") }
      return try InformationMeasurer(streams: streams).measure(x, y, with: estimator)
    }
    let estimates = results.map(\.estimate.information)
    let mean = orderedMean(estimates)
    let variance =
      orderedSum(estimates.map { ($0 - mean) * ($0 - mean) }) / Double(max(1, estimates.count - 1))
    let covered = results.count {
      guard let interval = $0.interval else { return false }
      return interval.lower <= pair.information && pair.information <= interval.upper
    }
    let errors = results.compactMap(\.standardError)
    print(
      "| \(pair.name) | \(rounded(pair.information)) | `\(name)` | \(count) | "
        + String(format: "%.1f %%", 100 * Double(covered) / Double(results.count))
        + " | \(signed(mean - pair.information)) | \(rounded(variance.squareRoot())) | "
        + "\(rounded(errors.isEmpty ? .nan : orderedMean(errors))) |")
    fflush(nil)
  }

  private func rounded(_ value: Double) -> String { String(format: "%.3f", value) }
  private func signed(_ value: Double) -> String { String(format: "%+.3f", value) }
}
