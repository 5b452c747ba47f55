import Equipoise
import Evaluation
import Foundation
import Study

/// From flags to the files of `study`, or of `robustness` where its flags are there.
struct StudyJob {
  let settings: Settings
  let cohort: CohortOptions
  let study: StudyFlags
  var robustness: RobustnessFlags?
  let output: OutputOptions
  let resume: ResumeOptions
  let tables: TableOptions
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(cohort)
    let threads = try settings.threads(runtime)
    let verb = robustness == nil ? "study" : "robustness"
    let options = try settings.studyOptions(study, robustness)
    let output = try settings.claim(
      output, resume: try settings.truth(resume.resume, "resume"), verb: verb, cohort: name,
      inputs: [
        settings.text(study.foldsFile, "foldsFile"),
        robustness.flatMap { try settings.text($0.labelledFile, "labelledFile") },
      ])
    defer { output.release() }
    let foldsFile = try settings.foldsFile(study.foldsFile)
    let labelledFile = try robustness.flatMap { try settings.labelledFile($0.labelledFile) }
    let loaded = try settings.load(name, cohort, labels: .required, threads: threads)
    let plan = try StudyPlan(
      cohort: loaded.cohort, options: options, foldsCSV: foldsFile?.text,
      labelledCSV: labelledFile?.text)
    loaded.tell(console, plan: plan.warnings)
    let configuration = RunManifest.Configuration(
      cohort: loaded.name, label: plan.outcome.column,
      group: try settings.text(cohort.group, "group"), filters: loaded.filters,
      modalities: loaded.cohort.table.modalities.map(\.name),
      chosenModalities: loaded.areModalitiesChosen, foldsFile: foldsFile?.digest.name,
      labelledFile: labelledFile?.digest.name,
      study: options, methods: plan.methods, repeats: plan.folds.repeatCount,
      reading: loaded.reading, isSpreadsheetSafe: try settings.isSpreadsheetSafe(tables))
    let manifest = RunManifest(
      verb: verb, command: commandLine(), configuration: configuration, seed: options.seed,
      threads: threads, inputs: loaded.inputs + [foldsFile, labelledFile].compactMap { $0?.digest })
    let session = StudySession(
      plan: plan, folder: output.folder, policy: output.policy, manifest: manifest)
    switch try session.begin() {
    case .finished: console.note("this run is finished already; nothing was changed")
    case .open(let journal, let contents, let foreignNames):
      tellForeign(foreignNames, console)
      try finish(
        session, journal, contents, console: console, configuration: configuration,
        context: SummaryContext(
          cohortDigest: loaded.digest, groupColumn: configuration.group,
          foldsFileName: configuration.foldsFile,
          labelledFileName: configuration.labelledFile, threads: threads))
    }
    try tellAnswer(output.folder)
  }

  private func finish(
    _ session: StudySession, _ journal: TaskJournal, _ contents: TaskJournal.Contents,
    console: Console, configuration: RunManifest.Configuration, context: SummaryContext
  ) throws {
    let progress = ProgressLine(console: console)
    try session.finish(
      journal, contents, threads: context.threads, progress: { progress.show($0) },
      conclusion: {
        try FinishedStudy.files(
          of: $0, context: context, command: configuration.repeatingCommand)
      })
  }

  /// The summary as JSON, or a table and where the report is.
  private func tellAnswer(_ folder: OutputFolder) throws {
    let run = try FinishedStudy(folder: folder)
    if try settings.truth(runtime.json, "json") {
      try Answer.json(run.summaryText)
    } else {
      try Answer.show(run.table + "\nreport: \(folder.path(of: "report.html"))")
    }
  }
}
