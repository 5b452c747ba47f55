import ArgumentParser

/// `equipoise explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a model says what it says of patients: assays, features, training patients.",
    discussion: """
      EXAMPLES:
        equipoise explain model.safetensors path/to/new-patients
        equipoise explain model.safetensors path/to/new-patients --patients P17,P23 --top 20
      """)

  @OptionGroup(title: "Patients") var patients: NewPatientsOptions
  @OptionGroup(title: "Explanation") var explain: ExplainFlags
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys =
      NewPatientsOptions.keys + ExplainFlags.keys + OutputOptions.keys + RunOptions.keys
    try ExplainJob(
      settings: Settings(runtime, keys: keys), patients: patients, explain: explain,
      output: output, runtime: runtime
    ).run()
  }
}
