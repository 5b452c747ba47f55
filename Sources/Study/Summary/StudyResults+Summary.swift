import Cohort
import Evaluation
import LinearAlgebra

/// What `summary.json` tells beside the numbers of the study itself.
public struct SummaryContext: Sendable {
  /// SHA-256 over the cohort's files; nil for a cohort that was not read from files.
  public var cohortDigest: String?
  /// Group column, where patients were grouped.
  public var groupColumn: String?
  /// Name of the folds file, where folds were given.
  public var foldsFileName: String?
  /// Name of the file of labelled patients, where they were given.
  public var labelledFileName: String?
  /// Worker threads for the bootstrap; changes no byte.
  public var threads: Int

  /// A context; nothing known by default.
  public init(
    cohortDigest: String? = nil, groupColumn: String? = nil, foldsFileName: String? = nil,
    labelledFileName: String? = nil,
    threads: Int = 1
  ) {
    self.cohortDigest = cohortDigest
    self.groupColumn = groupColumn
    self.foldsFileName = foldsFileName
    self.labelledFileName = labelledFileName
    self.threads = threads
  }
}

extension StudyResults {
  /// The study in numbers: methods, comparisons, modalities, distillation.
  ///
  /// - Complexity: dominated by the bootstrap, O(methods · resamples · repeats · patients).
  public func summary(_ context: SummaryContext = SummaryContext()) throws -> StudySummary {
    // A study as the cohort stands has one setting.
    let results = bySetting[0]
    let predictions = results.methodPredictions()
    let resampled = parallelMap(count: predictions.count, threads: context.threads) {
      plan.bootstrap.scores(of: predictions[$0])
    }
    return StudySummary(
      cohort: cohortFacts(context),
      outcome: outcomeFacts, classes: plan.outcome.classes, design: design(context),
      primary: contrast,
      methods: results.methodSummaries(predictions, resampled: resampled),
      comparisons: try results.comparisons(
        predictions, resampled: resampled, threads: context.threads),
      modalities: results.modalitySummaries(), distillation: results.distillationSummaries(),
      transductive: plan.options.transductive, warnings: warnings(), checks: checks(),
      notes: plan.notes + results.fitNotes())
  }

  var outcomeFacts: StudySummary.OutcomeFacts {
    StudySummary.OutcomeFacts(
      kind: plan.cohort.outcome?.kind ?? "nominal", label: plan.outcome.column)
  }

  var contrast: StudySummary.Contrast? {
    plan.primary.map { StudySummary.Contrast(a: $0[0], b: $0[1]) }
  }

  func cohortFacts(_ context: SummaryContext) -> StudySummary.CohortFacts {
    StudySummary.CohortFacts(
      plan.cohort, outcome: plan.outcome, digest: context.cohortDigest,
      groupColumn: context.groupColumn)
  }

  func design(_ context: SummaryContext) -> StudySummary.Design {
    let folds = (0..<plan.folds.repeatCount).map { plan.folds.foldCount(repeat: $0) }.max()
    return StudySummary.Design(
      folds: folds ?? plan.options.folds, repeats: plan.folds.repeatCount,
      seed: plan.options.seed, foldsFile: context.foldsFileName,
      unlabelled: plan.options.unlabelled.rawValue, gate: plan.options.gate,
      version: BuildFacts.version)
  }
}
