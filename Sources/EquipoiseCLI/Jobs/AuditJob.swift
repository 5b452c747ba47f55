import Equipoise
import Foundation
import Study

/// From flags to the files of `audit`.
struct AuditJob {
  let settings: Settings
  let cohort: CohortOptions
  let audit: AuditFlags
  let output: OutputOptions
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(cohort)
    let threads = try settings.threads(runtime)
    let options = try settings.auditOptions(audit)
    let (folder, policy) = try settings.output(output, resume: false, verb: "audit", cohort: name)
    try folder.check(policy, input: LoadedCohort.folder(of: name))
    let foldsFile = try settings.foldsFile(audit.foldsFile)
    let loaded = try settings.load(name, cohort, labels: .required, threads: threads)
    let audit = try Audit(cohort: loaded.cohort, options: options, foldsCSV: foldsFile?.text)
    loaded.tell(console, plan: audit.planWarnings)
    let configuration = RunManifest.Configuration(
      cohort: loaded.name, label: loaded.cohort.nominalOutcome?.column,
      group: try settings.text(cohort.group, "group"), filters: loaded.filters,
      modalities: loaded.cohort.table.modalities.map(\.name),
      chosenModalities: loaded.areModalitiesChosen, foldsFile: foldsFile?.digest.name,
      audit: options, repeats: audit.repeats)
    var manifest = RunManifest(
      verb: "audit", command: commandLine(), configuration: configuration, seed: options.seed,
      threads: threads, inputs: loaded.inputs + (foldsFile.map { [$0.digest] } ?? []))
    let context = SummaryContext(
      cohortDigest: loaded.digest, groupColumn: configuration.group,
      foldsFileName: configuration.foldsFile, threads: threads)
    let outcome = try finish(audit, context, console)
    var files = try outcome.files(command: configuration.repeatingCommand)
    manifest.finish(files.map { FileDigest(name: $0.name, bytes: $0.bytes) })
    files.append((RunManifest.fileName, try manifest.json()))
    tellForeign(try folder.open(policy), console)
    try folder.publish(files)
    if try settings.truth(runtime.json, "json") {
      answer(String(decoding: try outcome.summary.json(), as: UTF8.self))
    } else {
      answer(outcome.text + "\nreport: \(folder.path(of: "report.html"))")
    }
  }

  /// Nothing is written before all is known, so an interruption leaves nothing behind.
  private func finish(
    _ audit: Audit, _ context: SummaryContext, _ console: Console
  ) throws -> AuditOutcome {
    let watch = InterruptionWatch {
      console.show(
        Failure(.interrupted, "interrupted; nothing was written", remedy: "run the command again"))
      // Other threads are in the middle of their work: leave without waiting for them.
      _exit(ExitStatus.interrupted.rawValue)
    }
    let progress = ProgressLine(console: console)
    return try withExtendedLifetime(watch) {
      try audit.run(context: context) { progress.show($0) }
    }
  }
}
