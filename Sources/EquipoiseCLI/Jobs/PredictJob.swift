import Boundary
import Equipoise
import Evaluation
import Study

/// From a model and new patients to predictions.
struct PredictJob {
  let settings: Settings
  let patients: NewPatientsOptions
  let predict: PredictFlags
  let tables: TableOptions
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(patients)
    let threads = try settings.threads(runtime)
    let coverage = try settings.coverage(predict.coverage)
    let out = try settings.outputPath(predict.out, "out", default: "predictions.csv")
    let toStandardOutput = out == "-"
    let isJSON = try settings.truth(runtime.json, "json")
    if toStandardOutput && isJSON {
      throw Failure(
        .usage, "--json and --out - both want standard output", expected: "one of them",
        remedy: "name a file with --out")
    }
    let file = OutputFile(path: out)
    let drift = file.beside("drift.json")
    let force = try settings.truth(predict.force, "force")
    let lock =
      toStandardOutput
      ? nil
      : try settings.claim(
        [file, drift], force: force, verb: "predict", cohort: name, inputs: [patients.model])
    defer { lock?.release() }
    let model = try Model(path: patients.model)
    if model.facts.holdsPatients {
      console.note("note: the model holds patient-level data of its training patients")
    }
    let loaded = try settings.load(name, patients, model: model, threads: threads)
    loaded.tell(console)
    let said = try model.predict(loaded.cohort.table, coverage: coverage, threads: threads)
    for warning in said.drift.warnings { console.warn(warning) }
    let isSafe = try settings.isSpreadsheetSafe(tables)
    let csv = isSafe ? SpreadsheetSafety.guarded(said.csv) : said.csv
    guard !toStandardOutput else { return try Answer.write(csv) }
    let driftJSON = try said.drift.json()
    try ProcessEnding.shared.hold {
      // The main file last: where it is, everything is.
      try drift.write(driftJSON)
      try file.write(csv)
      ProcessEnding.shared.aftermath = .complete
    }
    if isJSON {
      try Answer.json(driftJSON)
    } else {
      try Answer.show(said.text + "\npredictions: \(file.path)")
    }
  }
}
