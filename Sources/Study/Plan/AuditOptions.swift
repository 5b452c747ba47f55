import Cohort

/// What an audit is asked to do; everything that its numbers depend on beside the cohort.
public struct AuditOptions: Codable, Equatable, Sendable {
  /// Folds a repeat, ≥ 2.
  public var folds: Int
  /// Repeats, ≥ 1; nil: 10 below 200 labelled patients, 5 below 500, else 3.
  public var repeats: Int?
  /// What becomes of patients without a label: they join scaling and the distillation gate, or not.
  public var unlabelled: UnlabelledUse
  /// Distillation gate that decides, one of ``StudyOptions/gates``; nil or `auto`: the product's own.
  public var gate: String?
  /// Seed of all random streams.
  public var seed: UInt64
  /// Preparation of features within each fold.
  public var preprocessing: PreprocessingOptions
  /// Inner folds for out-of-fold evidence, ≥ 2.
  public var innerFolds: Int

  /// Creates options; the defaults are the command line's.
  public init(
    folds: Int = 5, repeats: Int? = nil, unlabelled: UnlabelledUse = .use, gate: String? = nil,
    seed: UInt64 = 1, preprocessing: PreprocessingOptions = PreprocessingOptions(),
    innerFolds: Int = 5
  ) {
    self.folds = folds
    self.repeats = repeats
    self.unlabelled = unlabelled
    self.gate = gate
    self.seed = seed
    self.preprocessing = preprocessing
    self.innerFolds = innerFolds
  }

  /// The plan of an audit: a study's, on the same folds, without its methods. It refuses what cannot
  /// be cross-validated.
  ///
  /// - Throws: as ``StudyPlan/init(cohort:options:foldsCSV:providers:)``.
  package func plan(cohort: Cohort, foldsCSV: String?) throws -> StudyPlan {
    try StudyPlan(cohort: cohort, options: asStudy, foldsCSV: foldsCSV)
  }

  /// - Throws: ``StudyError`` `.badOption` for a value outside its range.
  package func check() throws(StudyError) { try asStudy.check() }

  private var asStudy: StudyOptions {
    StudyOptions(
      methods: ["majority"], folds: folds, repeats: repeats, unlabelled: unlabelled, gate: gate,
      seed: seed, preprocessing: preprocessing, innerFolds: innerFolds)
  }
}
