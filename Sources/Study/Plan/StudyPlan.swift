import Cohort
import Evaluation
import LinearAlgebra

/// A study laid out: which methods are fitted on which rows, under which settings. Two equal plans
/// give equal bytes.
public struct StudyPlan: Sendable {
  /// The cohort.
  public let cohort: Cohort
  /// Its outcome.
  public let outcome: NominalOutcome
  /// Which patients are tested when.
  public let folds: FoldPlan
  /// Methods in order.
  public let learners: [any Learner]
  /// Settings in order; a study as the cohort stands has one, ``StudySetting/full``.
  public let settings: [StudySetting]
  /// Which training patients keep their labels where labels are few; nil unless that is studied.
  public let draws: LabelDraws?
  /// Options as asked for.
  public let options: StudyOptions
  /// Cohort rows in order of the patients' identifiers.
  let order: [Int]
  /// The cohort's table with patients, modalities and columns in order of their names, on which
  /// degradations draw.
  let orderedTable: PatientTable
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
  ///   - labelledCSV: text of a file of labelled patients to be used instead of draws, in a
  ///     robustness study.
  ///   - providers: where methods come from.
  /// - Throws: ``StudyError`` for options out of range, unknown methods and settings; `CohortError`
  ///   for a cohort that cannot be studied; `EvaluationError` for a file that does not fit.
  public init(
    cohort: Cohort, options: StudyOptions = StudyOptions(), foldsCSV: String? = nil,
    labelledCSV: String? = nil, providers: [MethodProvider] = MethodProvider.all
  ) throws {
    try options.check()
    let registry = MethodRegistry(
      scope: MethodScope(
        modalities: cohort.table.modalities.map(\.name),
        hasCovariates: !cohort.table.covariates.isEmpty),
      providers: providers)
    let (learners, methodNotes) = try registry.resolve(options.methods)
    let outcome = try StudyPlan.studiedOutcome(of: cohort)
    let streams = RandomStreams(seed: options.seed)
    if let foldsCSV {
      folds = try FoldPlan(
        csv: foldsCSV, patients: cohort.table.patients, labels: outcome.labels,
        groups: cohort.groups)
    } else {
      folds = FoldPlan(
        labels: outcome.labels, patients: cohort.table.patients, folds: options.folds,
        repeats: options.repeats,
        groups: cohort.groups, streams: streams)
    }
    if let robustness = options.robustness {
      let draws: LabelDraws
      if let labelledCSV {
        draws = try LabelDraws(csv: labelledCSV, folds: folds, patients: cohort.table.patients)
      } else {
        draws = LabelDraws(
          count: robustness.draws, folds: folds, labels: outcome.labels,
          patients: cohort.table.patients, streams: streams)
      }
      settings = try StudyPlan.settings(robustness, cohort, outcome, draws.sizes)
      self.draws = draws
    } else {
      settings = [.full]
      draws = nil
    }
    primary = try StudyPlan.contrast(options.primary, among: learners.map(\.name))
    self.cohort = cohort
    order = nameOrder(cohort.table.patients)
    orderedTable = cohort.table.selecting(rows: order).orderingColumns()
    self.outcome = outcome
    self.learners = learners
    self.options = options
    notes = methodNotes + StudyPlan.remarks(outcome: outcome, options: options)
    try checkTrainingClasses()
  }

  /// Method names in order.
  public var methods: [String] { learners.map(\.name) }

  /// All tasks: settings in order, in each the methods in order, each over the replicates.
  public var tasks: [StudyTask] {
    settings.flatMap { setting -> [StudyTask] in
      let replicates = replicates(of: setting)
      return methods.flatMap { method in
        replicates.map { task(setting, method, $0) }
      }
    }
  }

  /// The task of a method on a replicate of a setting.
  func task(_ setting: StudySetting, _ method: String, _ replicate: Replicate) -> StudyTask {
    StudyTask(
      setting: recordedName(of: setting), method: method,
      repeatIndex: replicate.repeatIndex, fold: replicate.fold)
  }

  /// Name of a setting in tasks and files; nil in a study as the cohort stands.
  func recordedName(of setting: StudySetting) -> String? {
    options.robustness == nil ? nil : setting.name
  }

  private static func settings(
    _ options: RobustnessOptions, _ cohort: Cohort, _ outcome: NominalOutcome,
    _ sizes: LabelDraws.Sizes
  ) throws(StudyError) -> [StudySetting] {
    let modalities = cohort.table.modalities
    let names =
      options.settings.isEmpty
      ? DefaultSettings(modalities: modalities, outcome: outcome, sizes: sizes)
        .names(options.kind) : options.settings
    return try SettingParser(
      modalities: modalities, classes: outcome.classes, kind: options.kind, sizes: sizes
    ).settings(names)
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
