import ArgumentParser

/// `equipoise validate`.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Validate a model on labelled patients whom it has not seen, without refitting.",
    discussion: """
      EXAMPLES:
        equipoise validate model.safetensors path/to/other-hospital --label subtype
        equipoise validate model.safetensors path/to/other-hospital --group site --json
      """)

  @OptionGroup(title: "Patients") var patients: NewPatientsOptions
  @OptionGroup(title: "Validation") var validate: ValidateFlags
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var tables: TableOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys =
      NewPatientsOptions.keys + ValidateFlags.keys + OutputOptions.keys + TableOptions.keys
      + RunOptions.keys
    try ValidateJob(
      settings: Settings(runtime, keys: keys), patients: patients, validate: validate,
      output: output,
      tables: tables, runtime: runtime
    ).run()
  }
}
