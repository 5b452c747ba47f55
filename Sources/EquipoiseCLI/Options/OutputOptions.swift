import ArgumentParser

/// Where results go.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Output folder (default: equipoise-<verb>-<cohort>).", valueName: "folder"))
  var out: String?

  @Flag(help: "Replace an earlier run in the output folder.")
  var force = false

  static let keys = ["out", "force"]
}
