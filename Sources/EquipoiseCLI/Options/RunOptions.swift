import ArgumentParser

/// How the program runs and speaks; nothing here changes a result.
struct RunOptions: ParsableArguments {
  @Option(help: "Worker threads (default: the processors this process may use).")
  var threads: Int?

  @Option(
    help: ArgumentHelp("YAML file with a key for every flag; flags win.", valueName: "file"))
  var config: String?

  @Flag(help: "Only the answer, errors, and each warning in a line.")
  var quiet = false

  @Flag(help: "Print the answer as JSON.")
  var json = false

  @Flag(name: .customLong("no-color"), help: "No colour (as with NO_COLOR).")
  var isColorless = false

  static let keys = ["threads", "quiet", "json", "noColor"]
}
