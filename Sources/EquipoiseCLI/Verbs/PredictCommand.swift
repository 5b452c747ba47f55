import ArgumentParser

/// `equipoise predict`.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict new patients with a model, with whatever was measured.",
    discussion: """
      EXAMPLES:
        equipoise predict model.safetensors path/to/new-patients --out predictions.csv
        equipoise predict model.safetensors --demo --out - --coverage 0.95
      """)

  @OptionGroup(title: "Patients") var patients: NewPatientsOptions
  @OptionGroup(title: "Prediction") var predict: PredictFlags
  @OptionGroup(title: "Prediction") var tables: TableOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys = NewPatientsOptions.keys + PredictFlags.keys + TableOptions.keys + RunOptions.keys
    try PredictJob(
      settings: Settings(runtime, keys: keys), patients: patients, predict: predict,
      tables: tables, runtime: runtime
    ).run()
  }
}
