import Evaluation

/// All that the report of an explanation is made from.
public struct ExplanationReportInput: Sendable {
  /// Content of `explanations.json`.
  public var summary: ExplanationSummary
  /// Command that repeats it.
  public var command: String

  /// An input from its parts.
  public init(summary: ExplanationSummary, command: String) {
    self.summary = summary
    self.command = command
  }
}

/// Why a model says what it says of some patients, for those who treat and study them: one HTML file
/// that needs no network, no script and no other file. Equal inputs give equal bytes.
public struct ExplanationReport: Sendable {
  private let input: ExplanationReportInput

  /// A report of an explanation.
  public init(_ input: ExplanationReportInput) { self.input = input }

  /// The page, UTF-8.
  ///
  /// - Complexity: linear in the size of the input.
  public func html() -> String {
    let summary = input.summary
    let patients = Numbers.count(summary.patients.count, "patient")
    return ReportPage(
      title: "\(summary.model.label) of \(summary.cohort), explained (Equipoise)",
      heading: "\(summary.model.label) of \(summary.cohort)", kind: "\(patients), explained",
      version: summary.model.program, firstScreen: ExplanationSections.firstScreen.rendered(input),
      below: ExplanationSections.below.rendered(input)
    ).html()
  }
}

/// The parts of an explanation's report, in their order.
package enum ExplanationSections {
  /// The first screen.
  package static let firstScreen: [any ReportSection<ExplanationReportInput>] = [
    ExplainedModelSection(), ExplainedAnswerSection(), ExplainedTrustSection(),
    ExplainedUseSection(),
  ]

  /// What stands below it.
  package static let below: [any ReportSection<ExplanationReportInput>] = [
    ExplainedPatientsSection(), ExplainedAssaysSection(), ExplainedFeaturesSection(),
    ExplainedPrototypesSection(), ExplainedMethodSection(),
  ]
}
