import ArgumentParser

/// Which patients, outcome and modalities.
struct CohortOptions: ParsableArguments {
  @Argument(help: "Cohort: a folder, a study's folder or file, or demo:acc, demo:multifeature.")
  var cohort: String?

  @Flag(name: .customLong("demo"), help: "Short for demo:acc.")
  var isDemo = false

  @Option(help: "Label column (default: label).")
  var label: String?

  @Option(help: "Column whose patients stay together in folds.")
  var group: String?

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "Keep patients by COLUMN=VALUE[,VALUE] or COLUMN!=VALUE; repeatable.",
      valueName: "condition"))
  var conditions: [String] = []

  @Option(help: ArgumentHelp("Only these modalities, in this order.", valueName: "a,b"))
  var modalities: String?

  @OptionGroup var format: FormatOptions

  static let keys = ["demo", "label", "group", "where", "modalities"] + FormatOptions.keys
}
