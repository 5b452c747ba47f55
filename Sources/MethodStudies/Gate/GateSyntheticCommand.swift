import ArgumentParser
import Cohort
import Learning
import LinearAlgebra

/// `gate-synthetic`: the same measurement where the truth is known.
struct GateSyntheticCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate-synthetic",
    abstract: "Gain of distillation on made-up pairs of known strength, draw by draw.")

  @Option(help: "Draws of every pair (default: 8).")
  var draws = 8

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64 = 1

  @Option(help: "Folder of the draws.")
  var out: String

  /// Labelled and unlabelled training patients.
  private static let supplies = [(40, 0), (40, 80), (40, 400), (160, 80), (160, 400)]
  private static let testCount = 1_000

  func run() throws {
    let pairs = SyntheticPair.grid
    let streams = RandomStreams(seed: seed)
    let tasks = (0..<draws).flatMap { draw in pairs.map { (pair: $0, draw: draw) } }
    try DrawFiles(folder: out).fill(tasks.map { "\($0.pair.name)-d\($0.draw)" }) { k in
      let (pair, draw) = tasks[k]
      // The same directions and noise for every strength: pairs differ by what is studied.
      let scope = streams.scoped("draw=\(draw)")
      let most = Self.supplies.map { $0.0 + $0.1 }.max() ?? 0
      let cohort = pair.cohort(patients: most + Self.testCount, streams: scope)
      let test = Array(most..<(most + Self.testCount))
      return GateRow.table(
        of: try Self.supplies.flatMap { labelled, unlabelled in
          let rows = Array(0..<(labelled + unlabelled))
          return try GateMeasurement(
            key: [
              pair.name, "none", "\(labelled)+\(unlabelled)", "\(draw)", "0",
            ],
            training: TrainingView(
              table: cohort.table.selecting(rows: rows),
              labels: rows.map { $0 < labelled ? cohort.labels[$0] : -1 },
              classes: ["a", "b", "c", "d"]),
            test: cohort.table.selecting(rows: test), testLabels: test.map { cohort.labels[$0] },
            streams: scope.scoped("n=\(labelled)+\(unlabelled)"), relations: .none
          ).rows()
        })
    }
  }
}
