import ArgumentParser
import Cohort

/// How assays are audited.
struct AuditFlags: ParsableArguments {
  @Option(help: "Folds a repeat (default: 5).")
  var folds: Int?

  @Option(
    help: "Repeats, or auto: 10 below 200 labelled patients, 5 below 500, else 3 (default: auto).")
  var repeats: String?

  @Option(help: ArgumentHelp("Use exactly these folds.", valueName: "file"))
  var foldsFile: String?

  @Option(help: "Unlabelled patients: use, ignore (default: use).")
  var unlabelled: UnlabelledUse?

  @Option(
    help: "Distillation gate that decides: auto, cch, cch+skill, gap-supply (default: auto).")
  var gate: String?

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64?

  static let keys = [
    "folds", "repeats", "foldsFile", "unlabelled", "gate", "seed", "innerFolds",
    "preprocessing.imputation", "preprocessing.selection", "preprocessing.keep",
    "preprocessing.clip",
  ]
}
