import ArgumentParser
import MutualInformation
import PatientGraph

extension DistanceNorm: ExpressibleByArgument {}

/// Which two files `mi` compares.
struct InformationTables: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Table of numbers; its first column names the samples (CSV, TSV, also .gz).",
      valueName: "file"))
  var x: String?

  @Option(help: ArgumentHelp("Second table of numbers.", valueName: "file"))
  var y: String?

  @Option(help: ArgumentHelp("Or a table with a column of classes.", valueName: "file"))
  var labels: String?

  @Option(
    help: ArgumentHelp("Column of --labels (default: label, or the only one).", valueName: "column")
  )
  var label: String?

  @Flag(help: "One estimate for each column of x, instead of one for all together.")
  var each = false

  static let keys = ["x", "y", "labels", "label", "each"]
}

/// How `mi` estimates.
struct InformationFlags: ParsableArguments {
  @Option(
    help:
      "Estimator: \(MutualInformationRegistry.names.joined(separator: ", ")) (default: auto).")
  var estimator: String?

  @Option(help: "Neighbors of neighbor estimators (default: 3; 5 under auto).")
  var neighbors: Int?

  @Option(
    help: ArgumentHelp(
      "Norm within a table: chebyshev, euclidean (default: chebyshev; euclidean with labels).",
      valueName: "norm"))
  var norm: DistanceNorm?

  @Option(help: "Scaling of columns: zscore, none (default: zscore).")
  var scale: FeatureScaling?

  @Option(help: "Permutations of the test of independence (default: 0, no p-value).")
  var permutations: Int?

  @Option(help: "Level of the interval (default: 0.95).")
  var confidence: Double?

  @Option(help: "Seed of all random streams (default: 1).")
  var seed: UInt64?

  static let keys = [
    "estimator", "neighbors", "norm", "scale", "permutations", "confidence", "seed",
  ]
}
