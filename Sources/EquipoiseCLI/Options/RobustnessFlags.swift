import ArgumentParser
import Study

extension RobustnessKind: ExpressibleByArgument {}

/// What is varied.
struct RobustnessFlags: ParsableArguments {
  @Option(
    help: """
      What is varied: samples (fewer labels), information (poorer modalities), missing (modalities \
      missing).
      """)
  var kind: RobustnessKind?

  @Option(
    help: ArgumentHelp(
      "Settings, joined by + where they meet (default: those that suit the cohort).",
      valueName: "a,b"))
  var settings: String?

  @Option(help: "Independent draws of labels for settings with n= (default: 30).")
  var draws: Int?

  @Option(
    help: ArgumentHelp(
      "Use exactly these labelled patients (columns n,repeat,fold,sample).", valueName: "file"))
  var labelledFile: String?

  static let keys = ["kind", "settings", "draws", "labelledFile"]
}
