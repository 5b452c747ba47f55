import ArgumentParser
import Cohort

/// Reads a cohort and says how large it is: what Benchmarks/readers times against other readers.
struct ReadStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Read a cohort and sum its cells.")

  @Argument(help: "Cohort.") var cohort: String
  @Option(help: "Threads.") var threads = 1

  func run() throws {
    let reading = try readCohort(CohortRequest(cohort, labels: .ifPresent, threads: threads))
    for table in reading.cohort.table.modalities {
      let sum = table.values.values.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
      print("\(table.name) \(table.values.rowCount) \(table.featureCount) \(sum)")
    }
  }
}
