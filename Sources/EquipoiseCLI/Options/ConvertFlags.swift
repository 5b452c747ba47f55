import ArgumentParser

/// Where a converted cohort goes.
struct ConvertFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File to write, if its name ends in .h5mu, else folder.", valueName: "file|folder"))
  var out: String?

  @Flag(help: "Replace what an earlier conversion wrote there.")
  var force = false

  static let keys = ["out", "force"]
}
