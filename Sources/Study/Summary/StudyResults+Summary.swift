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
  /// Worker threads for the bootstrap; changes no byte.
  public var threads: Int

  /// A context; nothing known by default.
  public init(
    cohortDigest: String? = nil, groupColumn: String? = nil, foldsFileName: String? = nil,
    threads: Int = 1
  ) {
    self.cohortDigest = cohortDigest
    self.groupColumn = groupColumn
    self.foldsFileName = foldsFileName
    self.threads = threads
  }
}

extension StudyResults {
  /// The study in numbers: methods, comparisons, modalities, distillation.
  ///
  /// - Complexity: dominated by the bootstrap, O(methods · resamples · repeats · patients).
  public func summary(_ context: SummaryContext = SummaryContext()) throws -> StudySummary {
    let predictions = methodPredictions()
    return StudySummary(
      cohort: StudySummary.CohortFacts(
        plan.cohort, outcome: plan.outcome, digest: context.cohortDigest,
        groupColumn: context.groupColumn),
      outcome: StudySummary.OutcomeFacts(
        kind: plan.cohort.outcome?.kind ?? "nominal", label: plan.outcome.column),
      classes: plan.outcome.classes, design: design(context),
      primary: plan.primary.map { StudySummary.Contrast(a: $0[0], b: $0[1]) },
      methods: predictions.map(methodSummary),
      comparisons: try pairedComparisons(predictions, threads: context.threads),
      modalities: modalitySummaries(), distillation: distillationSummaries(),
      transductive: plan.options.transductive, warnings: warnings(), checks: checks(),
      notes: plan.notes + fitNotes())
  }

  private func design(_ context: SummaryContext) -> StudySummary.Design {
    let folds = (0..<plan.folds.repeatCount).map { plan.folds.foldCount(repeat: $0) }.max()
    return StudySummary.Design(
      folds: folds ?? plan.options.folds, repeats: plan.folds.repeatCount,
      seed: plan.options.seed, foldsFile: context.foldsFileName,
      unlabelled: plan.options.unlabelled.rawValue, gate: plan.options.gate,
      version: BuildFacts.version)
  }

  private func pairedComparisons(
    _ predictions: [MethodPredictions], threads: Int
  ) throws -> [StudySummary.PairedComparison] {
    let labels = plan.outcome.labels
    let comparisons = ComparisonPlan(
      reference: reference, primaryOpponent: plan.primary?.last,
      bootstrap: PatientBootstrap(
        labels: labels, classCount: plan.outcome.classes.count, groups: plan.cohort.groups,
        stream: RandomStreams(seed: plan.options.seed).stream("comparison/bootstrap")))
    return try comparisons.comparisons(of: predictions, labels: labels, threads: threads).map {
      StudySummary.PairedComparison(
        a: $0.a, b: $0.b, metric: $0.metric, difference: $0.difference,
        standardError: $0.standardError, p: $0.p, pHolm: $0.pHolm,
        ci95: StudySummary.Bounds($0.ci95.lower, $0.ci95.upper),
        bootstrapCI95: $0.bootstrapCI95.map { StudySummary.Bounds($0.lower, $0.upper) },
        detectable: $0.smallestDetectableGain, primary: $0.isPrimary, identical: $0.isIdentical)
    }
  }
}
