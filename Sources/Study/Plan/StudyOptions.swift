import Cohort

/// What a study is asked to do; everything that its numbers depend on beside the cohort.
public struct StudyOptions: Codable, Equatable, Sendable {
  /// Distillation gates that can be asked for.
  public static let gates = ["auto", "cch", "cch+skill", "gap-supply"]

  /// Method names and presets.
  public var methods: [String]
  /// The contrast declared beforehand, A against B; nil takes ``defaultPrimary`` if both are
  /// studied.
  public var primary: [String]?
  /// Folds a repeat, ≥ 2.
  public var folds: Int
  /// Repeats, ≥ 1; nil: 10 below 200 labelled patients, 5 below 500, else 3.
  public var repeats: Int?
  /// What becomes of patients without a label.
  public var unlabelled: UnlabelledUse
  /// Whether the patient graph may see the features of a fold's test patients.
  public var transductive: Bool
  /// Distillation gate; nil: each method's own, `auto` for `equipoise` and `cch` for `paper`.
  public var gate: String?
  /// Seed of all random streams.
  public var seed: UInt64
  /// Preparation of features within each fold.
  public var preprocessing: PreprocessingOptions
  /// Inner folds for out-of-fold signals, ≥ 2.
  public var innerFolds: Int
  /// What is varied, for a robustness study; nil for a study as the cohort stands.
  public var robustness: RobustnessOptions?

  /// The contrast that a study declares when it is not told otherwise.
  public static let defaultPrimary = ["equipoise", "logistic-balanced:late-learned"]

  /// Creates options; the defaults are the command line's.
  public init(
    methods: [String] = ["standard"], primary: [String]? = nil, folds: Int = 5,
    repeats: Int? = nil, unlabelled: UnlabelledUse = .use, transductive: Bool = false,
    gate: String? = nil, seed: UInt64 = 1,
    preprocessing: PreprocessingOptions = PreprocessingOptions(), innerFolds: Int = 5,
    robustness: RobustnessOptions? = nil
  ) {
    self.methods = methods
    self.primary = primary
    self.folds = folds
    self.repeats = repeats
    self.unlabelled = unlabelled
    self.transductive = transductive
    self.gate = gate
    self.seed = seed
    self.preprocessing = preprocessing
    self.innerFolds = innerFolds
    self.robustness = robustness
  }

  /// - Throws: ``StudyError`` `.badOption` for a value outside its range.
  package func check() throws(StudyError) {
    try require(folds >= 2, "folds", found: folds, expected: "at least 2")
    try require(innerFolds >= 2, "innerFolds", found: innerFolds, expected: "at least 2")
    if let repeats { try require(repeats >= 1, "repeats", found: repeats, expected: "at least 1") }
    if let robustness {
      try require(
        robustness.draws >= 1, "draws", found: robustness.draws, expected: "at least 1")
    }
    try require(
      preprocessing.keep >= 1, "preprocessing.keep", found: preprocessing.keep,
      expected: "at least 1")
    try require(
      preprocessing.clip > 0, "preprocessing.clip", found: preprocessing.clip,
      expected: "more than 0")
    if let gate {
      try require(
        StudyOptions.gates.contains(gate), "gate", found: gate,
        expected: "one of \(StudyOptions.gates.joined(separator: ", "))")
    }
    if let primary {
      try require(
        primary.count == 2 && primary[0] != primary[1], "primary",
        found: primary.joined(separator: ","), expected: "two different methods, A,B")
    }
  }

  private func require(
    _ holds: Bool, _ name: String, found: some CustomStringConvertible, expected: String
  ) throws(StudyError) {
    guard !holds else { return }
    throw StudyError(
      .badOption, "an option is out of range", location: name, found: found.description,
      expected: expected)
  }
}
