import Boundary
import Cohort
import Equipoise
import Foundation
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
    guard let out = try settings.text(convert.out, "out") else {
      throw Failure(
        .usage, "--out is missing", expected: "a file that ends in .h5mu, or a folder",
        remedy: "equipoise convert \(name) --out cohort.h5mu")
    }
    guard !out.isEmpty else { throw Failure.emptyName("out") }
    let force = try settings.truth(convert.force, "force")
    let target = try CohortConversion(out: out)
    let converted: Cohort
    switch target {
    case .file(let file):
      let lock = try settings.claim([file], force: force, verb: "convert", cohort: name)
      defer { lock.release() }
      converted = try load(name, console)
      let bytes = CohortConversion.muData(converted)
      try ProcessEnding.shared.hold {
        try file.write(bytes)
        ProcessEnding.shared.aftermath = .complete
      }
    case .folder(let folder):
      var options = OutputOptions()
      options.out = out
      options.force = force
      let output = try settings.claim(options, verb: "convert", cohort: name)
      defer { output.release() }
      converted = try load(name, console)
      try output.publish(try CohortConversion.tables(converted, in: folder), console)
    }
    if try settings.truth(runtime.json, "json") {
      try Answer.json(try target.json(converted))
    } else {
      try Answer.show(target.summary(converted))
    }
  }

  private func load(_ name: String, _ console: Console) throws -> Cohort {
    let loaded = try settings.load(
      name, cohort, labels: .ifPresent, threads: try settings.threads(runtime))
    loaded.tell(console)
    return loaded.cohort
  }
}
