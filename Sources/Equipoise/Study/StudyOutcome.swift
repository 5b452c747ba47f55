import Evaluation
import Report
import Study

/// What a finished study found.
public struct StudyOutcome: Sendable {
  /// Every prediction of every task.
  public let results: StudyResults
  /// The study in numbers, as in `summary.json`.
  public let summary: StudySummary

  /// Sums up finished results.
  public init(_ results: StudyResults, context: SummaryContext = SummaryContext()) throws {
    self.results = results
    summary = try results.summary(context)
  }

  /// The report: one HTML file without links to elsewhere.
  ///
  /// - Parameter command: the command that repeats the study, to be shown.
  public func reportHTML(command: String = "") throws -> String {
    let tables = StudyTables(results)
    return try StudyReport(
      StudyReportInput(
        summary: summary, results: tables.results(), predictions: tables.predictions(),
        command: command)
    ).html()
  }
}
