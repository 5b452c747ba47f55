import Equipoise
import Foundation
import Study

/// From flags to the files of `audit`.
struct AuditJob {
  let settings: Settings
  let cohort: CohortOptions
  let audit: AuditFlags
  let output: OutputOptions
  let tables: TableOptions
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(cohort)
    let threads = try settings.threads(runtime)
    let options = try settings.auditOptions(audit)
    let output = try settings.claim(
      output, verb: "audit", cohort: name, inputs: [settings.text(audit.foldsFile, "foldsFile")])
    defer { output.release() }
    let foldsFile = try settings.foldsFile(audit.foldsFile)
    let loaded = try settings.load(name, cohort, labels: .required, threads: threads)
    let audit = try Audit(cohort: loaded.cohort, options: options, foldsCSV: foldsFile?.text)
    loaded.tell(console, plan: audit.planWarnings)
    let configuration = RunManifest.Configuration(
      cohort: loaded.name, label: loaded.cohort.nominalOutcome?.column,
      group: try settings.text(cohort.group, "group"), filters: loaded.filters,
      modalities: loaded.cohort.table.modalities.map(\.name),
      chosenModalities: loaded.areModalitiesChosen, foldsFile: foldsFile?.digest.name,
      audit: options, repeats: audit.repeats,
      reading: loaded.reading, isSpreadsheetSafe: try settings.isSpreadsheetSafe(tables))
    var manifest = RunManifest(
      verb: "audit", command: commandLine(), configuration: configuration, seed: options.seed,
      threads: threads, inputs: loaded.inputs + (foldsFile.map { [$0.digest] } ?? []))
    let context = SummaryContext(
      cohortDigest: loaded.digest, groupColumn: configuration.group,
      foldsFileName: configuration.foldsFile, threads: threads)
    let progress = ProgressLine(console: console)
    let outcome = try audit.run(context: context) { progress.show($0) }
    var files = configuration.asTables(
      try outcome.files(command: configuration.repeatingCommand))
    manifest.finish(files.map { FileDigest(name: $0.name, bytes: $0.bytes) })
    files.append((RunManifest.fileName, try manifest.json()))
    try output.publish(files, console)
    if try settings.truth(runtime.json, "json") {
      try Answer.json(String(decoding: try outcome.summary.json(), as: UTF8.self))
    } else {
      try Answer.show(outcome.text + "\nreport: \(output.folder.path(of: "report.html"))")
    }
  }
}
