import ArgumentParser
import Foundation
import LinearAlgebra
import MutualInformation

/// Error and time of estimators on pairs whose information is known.
struct NeuralStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neural",
    abstract: "Error and processor time of estimators on simulated pairs of known information.")

  @Option(help: "Rows of each simulated pair of tables.")
  var rows = 1000
  @Option(help: "Estimators, by their names in mi --estimator, with commas.")
  var estimators = "ksg1,copula,latent,mine,infonce"
  @Option(help: "Simulations, with commas, or all.")
  var simulations = "all"
  @Option(help: "Repetitions with seeds 1, 2, …")
  var seeds = 1
  @Option(help: "Threads of the networks.")
  var threads = 1
  @Option(help: "Folder that receives each pair as SIMULATION-ROWS-SEED-x.csv and -y.csv.")
  var export: String?

  mutating func run() throws {
    let wanted = Set(simulations.split(separator: ",").map(String.init))
    print("estimator,simulation,rows,seed,truth,estimate,standard_error,seconds")
    for simulation in SimulatedDependence.all
    where simulations == "all" || wanted.contains(simulation.name) {
      for seed in 1...UInt64(seeds) {
        var stream = RandomStream(seed: seed, name: "neural-study/\(simulation.name)")
        let (x, y) = simulation.draw(rows, &stream)
        if let export {
          for (side, table) in [("x", x), ("y", y)] {
            let lines = (0..<rows).map { i in table.row(i).map { "\($0)" }.joined(separator: ",") }
            try (lines.joined(separator: "\n") + "\n").write(
              toFile: "\(export)/\(simulation.name)-\(rows)-\(seed)-\(side).csv", atomically: true,
              encoding: .utf8)
          }
        }
        for name in estimators.split(separator: ",").map(String.init) {
          let options = EstimatorOptions(threads: threads, streams: RandomStreams(seed: seed))
          guard
            let estimator = MutualInformationRegistry.estimator(named: name, options: options)
          else { throw ValidationError("there is no estimator \(name)") }
          let start = clock()
          let estimate = try estimator.estimate(.numbers(x), .numbers(y))
          let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
          let error = estimate.heldOut.map { standardError($0.rowTerms) }
          print(
            name, simulation.name, "\(rows)", "\(seed)", rounded(simulation.information),
            rounded(estimate.information), error.map(rounded) ?? "", rounded(seconds),
            separator: ",")
          fflush(nil)
        }
      }
    }
  }

  private func standardError(_ terms: [Double]) -> Double {
    let mean = orderedMean(terms)
    let squares = orderedSum(terms.map { ($0 - mean) * ($0 - mean) })
    return (squares / Double(terms.count - 1) / Double(terms.count)).squareRoot()
  }

  private func rounded(_ value: Double) -> String { String(format: "%.3f", value) }
}
