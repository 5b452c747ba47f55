import Equipoise
import Evaluation
import Foundation
import Study

/// From a model and labelled patients to the files of `validate`.
struct ValidateJob {
  let settings: Settings
  let patients: NewPatientsOptions
  let validate: ValidateFlags
  let output: OutputOptions
  let tables: TableOptions
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(patients)
    let threads = try settings.threads(runtime)
    let options = try settings.validationOptions(validate)
    let output = try settings.claim(
      output, verb: "validate", cohort: name, inputs: [patients.model])
    defer { output.release() }
    let model = try Model(path: patients.model)
    let loaded = try settings.load(
      name, patients, model: model, threads: threads, labels: .required,
      label: settings.text(validate.label, "label") ?? model.facts.label,
      group: settings.text(validate.group, "group"))
    loaded.tell(console)
    let result = try model.validate(loaded.cohort, options: options, threads: threads)
    for warning in result.validation.drift.warnings { console.warn(warning) }
    if !result.validation.isOverlapChecked {
      console.warn("this model cannot tell whether patients were in its training")
    }
    var files = try result.validation.files(result.predictions, truth: result.truth)
    if try settings.isSpreadsheetSafe(tables) { files = SpreadsheetSafety.guarded(files) }
    try output.publish(files, console)
    if try settings.truth(runtime.json, "json") {
      try Answer.json(try result.validation.json())
    } else {
      try Answer.show(result.validation.text + "\nfiles: \(output.folder.path)")
    }
  }
}
