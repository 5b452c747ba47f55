import ArgumentParser

/// `equipoise audit`.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Tell which modality tells what of the outcome, and what it adds to the others.",
    discussion: """
      EXAMPLES:
        equipoise audit --demo
        equipoise audit path/to/cohort --label subtype --group site --out audit
      """)

  @OptionGroup(title: "Cohort") var cohort: CohortOptions
  @OptionGroup(title: "Audit") var audit: AuditFlags
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var tables: TableOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys =
      CohortOptions.keys + AuditFlags.keys + OutputOptions.keys + TableOptions.keys
      + RunOptions.keys
    try AuditJob(
      settings: Settings(runtime, keys: keys), cohort: cohort, audit: audit, output: output,
      tables: tables, runtime: runtime
    ).run()
  }
}
