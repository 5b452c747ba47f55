import ArgumentParser

/// `equipoise convert`.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write what was read as a MuData file or as a folder of tables.",
    discussion: """
      EXAMPLES:
        equipoise convert path/to/cohort --out cohort.h5mu
        equipoise convert cohort.h5mu --label subtype --out cohort
      """)

  @OptionGroup(title: "Cohort") var cohort: CohortOptions
  @OptionGroup(title: "Output") var convert: ConvertFlags
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    try ConvertJob(
      settings: Settings(
        runtime, keys: CohortOptions.keys + ConvertFlags.keys + RunOptions.keys), cohort: cohort,
      convert: convert, runtime: runtime
    ).run()
  }
}
