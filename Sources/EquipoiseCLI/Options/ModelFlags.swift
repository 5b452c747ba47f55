import ArgumentParser
import Cohort

/// How a model is trained.
struct TrainFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp("Model file to write (default: model.safetensors).", valueName: "file"))
  var model: String?

  @Option(help: "Method (default: equipoise).")
  var method: String?

  @Option(help: "Unlabelled patients: use, ignore (default: use).")
  var unlabelled: UnlabelledUse?

  @Option(help: "Distillation gate: auto, cch, cch+skill, gap-supply (default: auto).")
  var gate: String?

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64?

  @Flag(help: "Keep no row of a patient in the model: students of the method serve in its place.")
  var shareSafe = false

  @Flag(help: "Replace a model file that is there.")
  var force = false

  static let keys = [
    "model", "method", "unlabelled", "gate", "seed", "shareSafe", "force", "innerFolds",
    "preprocessing.imputation", "preprocessing.selection", "preprocessing.keep",
    "preprocessing.clip",
  ]
}

/// Which new patients a model is asked about.
struct NewPatientsOptions: ParsableArguments {
  @Argument(help: "Model file that `equipoise train` wrote.")
  var model: String

  @Argument(help: "Cohort folder, or demo:acc, demo:multifeature; labels are not needed.")
  var cohort: String?

  @Flag(name: .customLong("demo"), help: "Short for demo:acc.")
  var isDemo = false

  @Option(
    name: .customLong("where"), parsing: .singleValue,
    help: ArgumentHelp(
      "Keep patients by COLUMN=VALUE[,VALUE] or COLUMN!=VALUE; repeatable.",
      valueName: "condition"))
  var conditions: [String] = []

  @Option(help: ArgumentHelp("Only these modalities.", valueName: "a,b"))
  var modalities: String?

  @OptionGroup var format: FormatOptions

  static let keys = ["demo", "where", "modalities"] + FormatOptions.keys
}

/// How new patients are predicted.
struct PredictFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "File to write, - for standard output (default: predictions.csv).", valueName: "file|-"))
  var out: String?

  @Option(help: "Wanted probability that the set holds the true class (default: 0.9).")
  var coverage: Double?

  @Flag(help: "Replace a file that is there.")
  var force = false

  static let keys = ["out", "coverage", "force"]
}

/// How a model is validated.
struct ValidateFlags: ParsableArguments {
  @Option(help: "Label column (default: the model's).")
  var label: String?

  @Option(help: "Column whose values are told apart.")
  var group: String?

  @Option(help: "Wanted probability that the set holds the true class (default: 0.9).")
  var coverage: Double?

  @Flag(help: "Leave out patients who were in training instead of refusing them.")
  var excludeSeen = false

  @Option(help: "Seed of the bootstrap (default: 1).")
  var seed: UInt64?

  static let keys = ["label", "group", "coverage", "excludeSeen", "seed"]
}

/// What is explained.
struct ExplainFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Only these patients (default: all).", valueName: "a,b"))
  var patients: String?

  @Option(help: "Features and training patients named for a patient (default: 10).")
  var top: Int?

  static let keys = ["patients", "top"]
}
