import Evaluation

/// All that the report of an audit is made from.
public struct AuditReportInput: Sendable {
  /// Content of `audit.json`.
  public var summary: AuditSummary
  /// Command that repeats the audit, without output folder or thread count.
  public var command: String

  /// An input from its parts.
  public init(summary: AuditSummary, command: String) {
    self.summary = summary
    self.command = command
  }
}

/// The report of an audit: one HTML file that needs no network, no script and no other file.
///
/// Equal inputs give equal bytes. The first screen answers in words, and no more than intervals
/// support; below it stand the numbers, every chart beside its table and its files.
public struct AuditReport: Sendable {
  private let input: AuditReportInput

  /// A report of an audit.
  public init(_ input: AuditReportInput) {
    self.input = input
  }

  /// The page, UTF-8.
  ///
  /// - Complexity: linear in the size of the input.
  public func html() -> String {
    let summary = input.summary
    let name = summary.cohort.title ?? summary.cohort.name
    let assays = Numbers.count(summary.modalities.count, "assay")
    return ReportPage(
      title: "\(name): what its assays tell of \(summary.outcome.label) (Equipoise)",
      heading: name, kind: "Audit of \(assays), cross-fitted", version: summary.design.version,
      firstScreen: AuditSections.firstScreen.rendered(input),
      below: AuditSections.below.rendered(input)
    ).html()
  }
}

/// The parts of an audit's report, in their order.
package enum AuditSections {
  /// The first screen.
  package static let firstScreen: [any ReportSection<AuditReportInput>] = [
    AuditCohortSection(), AuditAnswerSection(), AuditDetectabilitySection(), AuditTrustSection(),
    AuditAssaysSection(), AuditUseSection(), AuditRepeatSection(),
  ]

  /// What stands below it.
  package static let below: [any ReportSection<AuditReportInput>] = [
    AuditPairsSection(), AuditDistillationSection(),
    AuditClinicalSection(), AuditNeighborsSection(), AuditLimitsSection(), AuditNotesSection(),
  ]
}
