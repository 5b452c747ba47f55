import Cohort
import Evaluation
import Learning
import LinearAlgebra
import Study

/// Which modality tells what of the outcome, what it adds given the others, and who could teach whom.
///
/// ```swift
/// let outcome = try Audit(cohort: cohort).run()
/// for finding in outcome.summary.findings { print(finding.sentence) }
/// ```
///
/// Equal cohorts and options give equal results, to the byte, for any number of threads. Association
/// only: nothing here is a cause.
public struct Audit: Sendable {
  /// Options as asked for.
  public let options: AuditOptions
  private let plan: StudyPlan

  /// Plans an audit; nothing is fitted yet. Folds are those of a study with the same seed.
  ///
  /// - Parameters:
  ///   - cohort: patients with a nominal outcome.
  ///   - options: folds, gate, seed; the defaults are the command line's.
  ///   - foldsCSV: text of a `folds.csv` to be used instead of drawn folds.
  /// - Throws: ``StudyError`` for options out of range; `CohortError` for a cohort that cannot be
  ///   audited; `EvaluationError` for folds that do not fit.
  public init(
    cohort: Cohort, options: AuditOptions = AuditOptions(), foldsCSV: String? = nil
  ) throws {
    self.options = options
    plan = try options.plan(cohort: cohort, foldsCSV: foldsCSV)
  }

  /// Repeats of the folds.
  public var repeats: Int { plan.folds.repeatCount }

  /// What its folds warn of: classes, patients and modalities that some of them lack.
  package var planWarnings: [StudySummary.Warning] { plan.warnings }

  /// Fits, measures and tests, in memory.
  ///
  /// - Parameters:
  ///   - context: what the summary tells beside its numbers; its threads change no byte.
  ///   - progress: told of every finished part, from any thread.
  /// - Throws: `LinearAlgebraError` where a decomposition fails.
  public func run(
    context: SummaryContext = SummaryContext(threads: ProcessorAllowance.count()),
    progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) throws -> AuditOutcome {
    let clock = StudyProgress.Clock()
    let design = AuditDesign(
      cohort: plan.cohort, outcome: plan.outcome, folds: plan.folds,
      unlabelled: options.unlabelled, preprocessing: options.preprocessing,
      innerFolds: options.innerFolds, gate: options.gate,
      streams: RandomStreams(seed: options.seed).scoped("audit"))
    let analysis = try AuditAnalysis(design, threads: context.threads) { done, total in
      progress(clock.progress(done: done, total: total))
    }
    return AuditOutcome(summary: summary(analysis, context))
  }

  private func summary(
    _ analysis: AuditAnalysis, _ context: SummaryContext
  ) -> AuditSummary {
    let cohort = plan.cohort
    let folds = (0..<plan.folds.repeatCount).map { plan.folds.foldCount(repeat: $0) }.max()
    let summary = AuditSummary(
      cohort: StudySummary.CohortFacts(
        cohort, outcome: plan.outcome, digest: context.cohortDigest,
        groupColumn: context.groupColumn),
      outcome: StudySummary.OutcomeFacts(
        kind: cohort.outcome?.kind ?? "nominal", label: plan.outcome.column),
      classes: plan.outcome.classes,
      design: AuditSummary.Design(
        folds: folds ?? options.folds, repeats: plan.folds.repeatCount,
        innerFolds: options.innerFolds, permutations: AuditAnalysis.permutations,
        signFlips: AuditAnalysis.signFlips, seed: options.seed,
        foldsFile: context.foldsFileName, unlabelled: options.unlabelled.rawValue,
        gate: options.gate ?? "auto", version: BuildFacts.version),
      labelEntropy: analysis.labelEntropy, modalities: analysis.modalities,
      together: analysis.together, clinical: analysis.clinical, pairs: analysis.pairs,
      distillation: analysis.distillation, limits: AuditLimits.all)
    let remarks = AuditRemarks(summary, plan)
    return remarks.added(to: summary, notes: analysis.notes).withFindings()
  }
}
