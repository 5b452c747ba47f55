import ArgumentParser
import Equipoise
import Foundation
import Study

/// Whether the audit's tests keep their level, its intervals cover and its claims hold, on cohorts of
/// known truth.
struct AuditStudy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Level, coverage and power of the audit on simulated cohorts.")

  @Option(help: "Patients of the cohorts.") var patients: [Int] = [60, 200, 600]
  @Option(help: "Repetitions of each size.") var repetitions = 200
  @Option(help: "Threads.") var threads = 2

  func run() throws {
    print(
      "| patients | quantity | truth | mean | sd | lower end above truth | covers own mean "
        + "| p < .05 | claimed | detectable |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for count in patients {
      let simulation = AuditSimulation(patients: count)
      let truth = simulation.truth()
      let summaries = try parallelMap(count: repetitions, threads: threads) { repetition in
        try Audit(cohort: simulation.cohort(repetition: repetition))
          .run(context: SummaryContext(threads: 1)).summary
      }
      let quantities:
        [(name: String, truth: Double, of: (AuditSummary) -> AuditSummary.Estimate?)] = [
          ("strong alone", truth.strong, { $0.modality(named: "strong")?.information }),
          ("weak alone", truth.weak, { $0.modality(named: "weak")?.information }),
          ("noise alone", 0, { $0.modality(named: "noise")?.information }),
          ("weak adds", truth.addition, { $0.modality(named: "weak")?.adds }),
          ("noise adds", 0, { $0.modality(named: "noise")?.adds }),
        ]
      for quantity in quantities {
        let modality = String(quantity.name.split(separator: " ")[0])
        tell(
          count, quantity.name, truth: quantity.truth, summaries.compactMap(quantity.of),
          detectable: quantity.name.hasSuffix("adds")
            ? summaries.compactMap { $0.modality(named: modality)?.detectable } : [])
      }
    }
  }

  private func tell(
    _ patients: Int, _ name: String, truth: Double, _ estimates: [AuditSummary.Estimate],
    detectable: [Double]
  ) {
    let values = estimates.compactMap(\.estimate)
    let mean = orderedMean(values)
    let spread =
      (orderedSum(values.map { ($0 - mean) * ($0 - mean) }) / Double(max(1, values.count - 1)))
      .squareRoot()
    func share(_ holds: (AuditSummary.Estimate) -> Bool) -> String {
      let share = Double(estimates.count(where: holds)) / Double(max(estimates.count, 1))
      return String(format: "%.1f %%", 100 * share)
    }
    let fields = [
      "\(patients)", name, rounded(truth), rounded(mean), rounded(spread),
      share { $0.interval.map { $0.lower > truth } ?? false },
      share { $0.interval?.contains(mean) ?? false }, share { ($0.p ?? 1) < 0.05 },
      share(\.isAboveZero), detectable.isEmpty ? "" : rounded(orderedMean(detectable)),
    ]
    print("| \(fields.joined(separator: " | ")) |")
  }

  private func rounded(_ value: Double) -> String { String(format: "%.4f", value) }
}
