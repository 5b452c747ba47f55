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
    let file = OutputFile(path: try settings.text(train.model, "model") ?? "model.safetensors")
    let card = file.beside("card.md")
    let force = try settings.truth(train.force, "force")
    for output in [file, card] { try output.check(force: force) }
    let loaded = try settings.load(name, cohort, labels: .required, threads: threads)
    loaded.tell(console, plan: [])
    let trained = try finish(loaded.cohort, options, threads, console)
    try file.prepareFolder()
    try trained.save(to: file.path)
    let facts = trained.model.facts
    try card.write(ModelCard(facts).markdown)
    if facts.holdsPatients {
      console.warn("the model holds patient-level data of its training patients")
    }
    if facts.unservedPatternCount > 0 {
      console.warn(
        "\(facts.unservedPatternCount) patterns of missing modalities have no fit of their own; "
          + "a missing modality stands at its training mean there")
    }
    if try settings.truth(runtime.json, "json") {
      answer(try facts.json())
    } else {
      answer(facts.text + "\nmodel: \(file.path)\ncard: \(card.path)")
    }
  }

  /// Nothing is written before all is known, so an interruption leaves nothing behind.
  private func finish(
    _ cohort: Cohort, _ options: TrainingOptions, _ threads: Int, _ console: Console
  ) throws -> TrainedModel {
    let watch = InterruptionWatch {
      console.show(
        Failure(.interrupted, "interrupted; nothing was written", remedy: "run the command again"))
      // Other threads are in the middle of their work: leave without waiting for them.
      _exit(ExitStatus.interrupted.rawValue)
    }
    let progress = ProgressLine(console: console)
    return try withExtendedLifetime(watch) {
      try Model.train(cohort, options: options, threads: threads) { progress.show($0) }
    }
  }
}
