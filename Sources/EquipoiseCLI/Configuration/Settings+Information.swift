import Cohort
import Equipoise
import MutualInformation
import PatientGraph

extension Settings {
  /// The two files of `mi`.
  func pair(_ flags: InformationTables) throws -> (x: String, counterpart: PairedTables.Counterpart)
  {
    guard let x = try text(flags.x, "x") else {
      throw Failure(
        .usage, "no table was named", expected: "--x FILE with --y FILE or --labels FILE",
        remedy: "see `equipoise mi --help`")
    }
    // A second file named by a flag stands for either of the file's keys.
    let isGiven = flags.y != nil || flags.labels != nil
    let y = try isGiven ? flags.y : file?.text("y")
    let labels = try isGiven ? flags.labels : file?.text("labels")
    let column = try text(flags.label, "label")
    switch (y, labels) {
    case (let y?, nil):
      guard flags.label == nil else {
        throw Failure(
          .usage, "--label names a column of labels", found: "--label with --y",
          expected: "--labels FILE", remedy: "leave it out, or give the file with --labels")
      }
      return (x, .numbers(path: y))
    case (nil, let labels?): return (x, .labels(path: labels, column: column))
    default:
      throw Failure(
        .usage, y == nil ? "no second table was named" : "two second tables were named",
        expected: "either --y FILE or --labels FILE", remedy: "see `equipoise mi --help`")
    }
  }

  /// Options of `mi`; their ranges are checked where they are used.
  func informationOptions(_ flags: InformationFlags) throws -> InformationOptions {
    var options = InformationOptions()
    options.estimator = try text(flags.estimator, "estimator") ?? options.estimator
    options.neighbors = try integer(flags.neighbors, "neighbors")
    options.norm = try flags.norm ?? file?.choice("norm", DistanceNorm.self)
    let scaling = try flags.scale ?? file?.choice("scale", FeatureScaling.self) ?? .zscore
    options.standardizes = scaling == .zscore
    options.permutations = try integer(flags.permutations, "permutations") ?? options.permutations
    options.confidence = try flags.confidence ?? file?.number("confidence") ?? options.confidence
    options.seed = try seed(flags.seed) ?? options.seed
    return options
  }
}
