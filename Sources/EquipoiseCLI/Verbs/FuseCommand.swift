import ArgumentParser

/// `equipoise fuse`.
struct FuseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuse",
    abstract: "Fuse the modalities into one patient network, and cluster it.",
    discussion: """
      EXAMPLES:
        equipoise fuse --demo --out fused
        equipoise fuse path/to/cohort --neighbors 20 --clusters 4 --save-affinities
      """)

  @OptionGroup(title: "Cohort") var cohort: CohortOptions
  @OptionGroup(title: "Fusion") var fuse: FuseFlags
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var tables: TableOptions
  @OptionGroup(title: "Run") var runtime: RunOptions

  func run() throws {
    let keys =
      CohortOptions.keys + FuseFlags.keys + OutputOptions.keys + TableOptions.keys + RunOptions.keys
    try FuseJob(
      settings: Settings(runtime, keys: keys), cohort: cohort, fuse: fuse, output: output,
      tables: tables, runtime: runtime
    ).run()
  }
}
