import ArgumentParser
import Cohort

extension UnlabelledUse: ExpressibleByArgument {}

/// What is compared, and how.
struct StudyFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Methods, or quick, standard, all (default: standard).", valueName: "a,b"))
  var methods: String?

  @Option(
    help: ArgumentHelp(
      "Contrast declared beforehand (default: equipoise,logistic-balanced:late-learned).",
      valueName: "A,B"))
  var primary: String?

  @Option(help: "Folds a repeat (default: 5).")
  var folds: Int?

  @Option(
    help: "Repeats, or auto: 10 below 200 labelled patients, 5 below 500, else 3 (default: auto).")
  var repeats: String?

  @Option(help: ArgumentHelp("Use exactly these folds.", valueName: "file"))
  var foldsFile: String?

  @Option(help: "Unlabelled patients: use, ignore (default: use).")
  var unlabelled: UnlabelledUse?

  @Flag(help: "Let the patient graph see features of test patients; marked in every output.")
  var transductive = false

  @Option(
    help: """
      Distillation gate: auto, cch, cch+skill, gap-supply (default: auto for equipoise, cch for \
      paper).
      """)
  var gate: String?

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64?

  static let keys = [
    "methods", "primary", "folds", "repeats", "foldsFile", "unlabelled", "transductive", "gate",
    "seed", "innerFolds", "preprocessing.imputation", "preprocessing.selection",
    "preprocessing.keep", "preprocessing.clip",
  ]
}
