import ArgumentParser

/// `equipoise train`.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fit a method on all patients and keep it as a model for new ones.",
    discussion: """
      EXAMPLES:
        equipoise train --demo --model model.safetensors
        equipoise train path/to/cohort --label subtype --model subtype.safetensors
      """)

  @OptionGroup(title: "Cohort") var cohort: CohortOptions
  @OptionGroup(title: "Model") var train: TrainFlags
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys = CohortOptions.keys + TrainFlags.keys + RunOptions.keys
    try TrainJob(
      settings: Settings(runtime, keys: keys), cohort: cohort, train: train, runtime: runtime
    ).run()
  }
}
