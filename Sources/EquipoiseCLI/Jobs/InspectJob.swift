import Boundary
import Cohort

/// From flags to what is in a cohort.
struct InspectJob {
  let settings: Settings
  let cohort: CohortOptions
  let runtime: RunOptions

  func run() throws {
    let name = try settings.cohortName(cohort)
    let loaded = try settings.load(
      name, cohort, labels: .ifPresent, threads: try settings.threads(runtime))
    let inspection = CohortInspection(loaded.cohort)
    if try settings.truth(runtime.json, "json") {
      try Answer.json(try inspection.json())
    } else {
      try Answer.show(inspection.lines.map { visibleText($0) }.joined(separator: "\n"))
    }
  }
}
