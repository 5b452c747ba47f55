import ArgumentParser

/// `equipoise study`.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Compare methods on a cohort by repeated cross-validation.",
    discussion: """
      EXAMPLES:
        equipoise study --demo --methods quick
        equipoise study path/to/cohort --label subtype --repeats 3 --out results
      """)

  @OptionGroup(title: "Cohort") var cohort: CohortOptions
  @OptionGroup(title: "Study") var study: StudyFlags
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var resume: ResumeOptions
  @OptionGroup(title: "Output") var tables: TableOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys =
      CohortOptions.keys + StudyFlags.keys + OutputOptions.keys + ResumeOptions.keys
      + TableOptions.keys + RunOptions.keys
    try StudyJob(
      settings: Settings(runtime, keys: keys), cohort: cohort, study: study,
      output: output, resume: resume, tables: tables,
      runtime: runtime
    ).run()
  }
}
