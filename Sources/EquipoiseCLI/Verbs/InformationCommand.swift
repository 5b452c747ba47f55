import ArgumentParser

/// `equipoise mi`.
struct InformationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mi",
    abstract: "Estimate the mutual information of two tables, or of a table and labels.",
    discussion: """
      Prints JSON: the estimate in nats, its interval, and a p-value if asked for.

      EXAMPLES:
        equipoise mi --x mrna.csv --labels labels.csv --permutations 999
        equipoise mi --x mrna.csv.gz --y protein.tsv --estimator copula
        equipoise mi --x mrna.csv --labels labels.csv --label subtype --each
      """)

  @OptionGroup(title: "Tables") var tables: InformationTables
  @OptionGroup(title: "Estimate") var information: InformationFlags
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys = InformationTables.keys + InformationFlags.keys + RunOptions.keys
    try InformationJob(
      settings: Settings(runtime, keys: keys), tables: tables, information: information,
      runtime: runtime
    ).run()
  }
}
