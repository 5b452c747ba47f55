import Boundary
import Cohort
import Equipoise
import Foundation
import Report
import Study

/// From a model and patients to the files of `explain`.
struct ExplainJob {
  let settings: Settings
  let patients: NewPatientsOptions
  let explain: ExplainFlags
  let output: OutputOptions
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(patients)
    let threads = try settings.threads(runtime)
    let top = try settings.integer(explain.top, "top") ?? 10
    let chosen = try settings.list(explain.patients, "patients")
    let output = try settings.claim(
      output, verb: "explain", cohort: name, inputs: [patients.model])
    defer { output.release() }
    let model = try Model(path: patients.model)
    if model.facts.holdsPatients {
      console.note("note: the model holds patient-level data, and the report names its patients")
    }
    let loaded = try settings.load(name, patients, model: model, threads: threads)
    loaded.tell(console)
    let table = try Self.table(loaded.cohort.table, chosen)
    let summary = try model.explain(table, cohort: loaded.cohort.name, top: top, threads: threads)
    for warning in summary.warnings { console.warn(warning) }
    let command =
      "equipoise explain \(URL(filePath: patients.model).lastPathComponent) \(loaded.name)"
    let report = ExplanationReport(ExplanationReportInput(summary: summary, command: command))
    try output.publish(
      [("explanations.json", try summary.json()), ("report.html", Data(report.html().utf8))],
      console)
    if try settings.truth(runtime.json, "json") {
      try Answer.json(String(decoding: try summary.json(), as: UTF8.self))
    } else {
      try Answer.show(
        Self.text(summary) + "\nreport: \(output.folder.path(of: "report.html"))")
    }
  }

  /// The patients asked for, in that order.
  private static func table(_ table: PatientTable, _ chosen: [String]?) throws -> PatientTable {
    guard let chosen else { return table }
    return table.selecting(
      rows: try chosen.map { name in
        guard let row = table.patients.firstIndex(of: name) else {
          throw Failure(
            .usage, "there is no such patient", at: "--patients", found: name,
            expected: "identifiers of the cohort")
        }
        return row
      })
  }

  private static func text(_ summary: ExplanationSummary) -> String {
    let means = summary.modalities.map { "\($0.modality) \(($0.value * 1000).rounded() / 1000)" }
    return "\(summary.patients.count) patients; probabilities are moved, on average, by "
      + visibleText(means.joined(separator: ", "))
  }
}
