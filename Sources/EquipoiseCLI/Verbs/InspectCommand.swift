import ArgumentParser

/// `equipoise inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell what is in a cohort, and what looks wrong.",
    discussion: """
      EXAMPLES:
        equipoise inspect --demo
        equipoise inspect path/to/cohort --label subtype --json
      """)

  @OptionGroup(title: "Cohort") var cohort: CohortOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    try InspectJob(
      settings: Settings(runtime, keys: CohortOptions.keys + RunOptions.keys), cohort: cohort,
      runtime: runtime
    ).run()
  }
}
