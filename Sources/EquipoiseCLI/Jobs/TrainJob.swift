import Boundary
import Equipoise
import Foundation
import Study

/// From flags to a model file.
struct TrainJob {
  let settings: Settings
  let cohort: CohortOptions
  let train: TrainFlags
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(cohort)
    let threads = try settings.threads(runtime)
    let options = try settings.trainingOptions(train)
    let file = OutputFile(
      path: try settings.outputPath(train.model, "model", default: "model.safetensors"))
    let card = file.beside("card.md")
    let force = try settings.truth(train.force, "force")
    let lock = try settings.claim([file, card], force: force, verb: "train", cohort: name)
    defer { lock.release() }
    let loaded = try settings.load(name, cohort, labels: .required, threads: threads)
    loaded.tell(console, plan: [])
    let progress = ProgressLine(console: console)
    let trained = try Model.train(loaded.cohort, options: options, threads: threads) {
      progress.show($0)
    }
    let facts = trained.model.facts
    try ProcessEnding.shared.hold {
      // The model last: where it is, its card is.
      try card.write(ModelCard(facts).markdown)
      try trained.save(to: file.path)
      ProcessEnding.shared.aftermath = .complete
    }
    if facts.holdsPatients {
      console.warn("the model holds patient-level data of its training patients")
    }
    if try settings.truth(runtime.json, "json") {
      try Answer.json(try facts.json())
    } else {
      try Answer.show(facts.text + "\nmodel: \(file.path)\ncard: \(card.path)")
    }
  }
}
