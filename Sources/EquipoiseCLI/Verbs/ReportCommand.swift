import ArgumentParser

/// `equipoise report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Rebuild the report of a finished run.",
    discussion: """
      EXAMPLES:
        equipoise report equipoise-study-acc
        equipoise report results --quiet
      """)

  @Argument(help: "Folder of the run.") var folder: String
  @Flag(help: "Only errors, and each warning in a line.") var quiet = false
  @Flag(name: .customLong("no-color"), help: "No colour (as with NO_COLOR).")
  var isColorless = false

  func run() throws {
    try ReportJob(folder: folder, console: Console(isColored: !isColorless, isQuiet: quiet)).run()
  }
}
