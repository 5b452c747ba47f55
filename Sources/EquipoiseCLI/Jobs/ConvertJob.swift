import Cohort
import Equipoise
import Study

/// From flags to a cohort in another form.
struct ConvertJob {
  let settings: Settings
  let cohort: CohortOptions
  let convert: ConvertFlags
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(cohort)
    let threads = try settings.threads(runtime)
    guard let out = try settings.text(convert.out, "out"), !out.isEmpty else {
      throw Failure(
        .usage, "--out is missing", expected: "a file that ends in .h5mu, or a folder",
        remedy: "equipoise convert \(name) --out cohort.h5mu")
    }
    let target = try CohortConversion(
      out: out, input: LoadedCohort.folder(of: name),
      replaces: try settings.truth(convert.force, "force"))
    let loaded = try settings.load(name, cohort, labels: .ifPresent, threads: threads)
    loaded.tell(console)
    try target.write(loaded.cohort)
    answer(target.summary(loaded.cohort))
  }
}
