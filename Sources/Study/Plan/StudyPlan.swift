import Cohort
import Evaluation
import LinearAlgebra

/// A study laid out: which methods are fitted on which rows. Two equal plans give equal bytes.
public struct StudyPlan: Sendable {
  /// The cohort.
  public let cohort: Cohort
  /// Its outcome.
  public let outcome: NominalOutcome
  /// Which patients are tested when.
  public let folds: FoldPlan
  /// Methods in order.
  public let learners: [any Learner]
  /// Options as asked for.
  public let options: StudyOptions
  /// The contrast declared beforehand: A against B; nil if none was and the default one is not
  /// among the methods.
  public let primary: [String]?
  /// Remarks for the report.
  public let notes: [String]

  /// Plans a study of a cohort.
  ///
  /// - Parameters:
  ///   - cohort: patients with a nominal outcome.
  ///   - options: what to do.
  ///   - foldsCSV: text of a folds file to be used instead of drawn folds.
  ///   - providers: where methods come from.
  /// - Throws: ``StudyError`` for options out of range and unknown methods; `CohortError` for a
  ///   cohort that cannot be studied; `EvaluationError` for a folds file that does not fit.
  public init(
    cohort: Cohort, options: StudyOptions = StudyOptions(), foldsCSV: String? = nil,
    providers: [MethodProvider] = MethodProvider.all
  ) throws {
    try options.check()
    let registry = MethodRegistry(
      scope: MethodScope(
        modalities: cohort.table.modalities.map(\.name),
        hasCovariates: !cohort.table.covariates.isEmpty),
      providers: providers)
    let (learners, methodNotes) = try registry.resolve(options.methods)
    let outcome = try StudyPlan.studiedOutcome(of: cohort)
    if let foldsCSV {
      folds = try FoldPlan(
        csv: foldsCSV, patients: cohort.table.patients, labels: outcome.labels,
        groups: cohort.groups)
    } else {
      folds = FoldPlan(
        labels: outcome.labels, folds: options.folds, repeats: options.repeats,
        groups: cohort.groups, streams: RandomStreams(seed: options.seed))
    }
    primary = try StudyPlan.contrast(options.primary, among: learners.map(\.name))
    self.cohort = cohort
    self.outcome = outcome
    self.learners = learners
    self.options = options
    notes = methodNotes + StudyPlan.remarks(outcome: outcome, options: options)
    try checkTrainingClasses()
  }

  /// Method names in order.
  public var methods: [String] { learners.map(\.name) }

  /// Folds in order of repeat and fold; those without a test patient are left out.
  public var foldTasks: [(repeat: Int, fold: Int)] { folds.tasks }

  /// All tasks: methods in order, each over repeats and folds.
  public var tasks: [StudyTask] {
    methods.flatMap { method in
      foldTasks.map { StudyTask(method: method, repeatIndex: $0.repeat, fold: $0.fold) }
    }
  }

  private static func contrast(
    _ declared: [String]?, among methods: [String]
  ) throws(StudyError) -> [String]? {
    guard let declared else {
      let fallback = StudyOptions.defaultPrimary
      return fallback.allSatisfy(methods.contains) ? fallback : nil
    }
    for name in declared where !methods.contains(name) {
      throw StudyError(
        .badOption, "the primary contrast names a method that is not studied",
        location: "primary", found: name, expected: "one of \(methods.joined(separator: ", "))",
        remedy: nearestName(to: name, among: methods).map { "did you mean \($0)?" }
          ?? "add it to --methods")
    }
    return declared
  }

  private static func remarks(outcome: NominalOutcome, options: StudyOptions) -> [String] {
    var notes = [String]()
    let unlabelled = outcome.labels.count - outcome.labelledRows.count
    if unlabelled > 0 {
      notes.append(
        options.unlabelled == .use
          ? "\(unlabelled) unlabelled patients take part in training where a method can use them; "
            + "they are never tested."
          : "\(unlabelled) unlabelled patients were ignored.")
    }
    return notes
  }
}
