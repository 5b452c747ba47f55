import Evaluation
import Foundation
import Report
import Study

/// A study or robustness study read back from its folder.
package struct FinishedStudy {
  static let summaryName = "summary.json"
  static let reportName = "report.html"

  /// What a study found, by its verb.
  private enum Summary {
    case study(StudySummary)
    case robustness(RobustnessSummary)
  }

  /// What `run.json` says.
  package let manifest: RunManifest
  /// `summary.json` as it stands.
  package let summaryText: String
  private let summary: Summary
  private let folder: OutputFolder

  /// Reads a finished run.
  ///
  /// - Throws: `StudyError` `.notARun`, `.malformedRun`.
  package init(folder: OutputFolder) throws {
    self.folder = folder
    manifest = try RunManifest.read(from: folder)
    guard manifest.finished != nil else { throw StudyError.notARun(folder.path) }
    summaryText = try folder.text(of: FinishedStudy.summaryName)
    let data = Data(summaryText.utf8)
    do {
      summary =
        manifest.configuration.study?.robustness == nil
        ? .study(try StudySummary(json: data)) : .robustness(try RobustnessSummary(json: data))
    } catch {
      throw StudyError.malformedRun(
        folder.path(of: FinishedStudy.summaryName), "not a summary of this version")
    }
  }

  /// The answer for a terminal.
  package var table: String {
    switch summary {
    case .study(let summary): summary.table()
    case .robustness(let summary): summary.table()
    }
  }

  /// The report, drawn again from the run's own files.
  package func reportHTML() throws -> String {
    let command = manifest.configuration.repeatingCommand
    switch summary {
    case .study(let summary):
      return StudyReport(
        try StudyReportInput(
          summary: summary, results: try table("results.csv"),
          predictions: try table("predictions.csv"), command: command)
      ).html()
    case .robustness(let summary):
      return RobustnessReport(RobustnessReportInput(summary: summary, command: command)).html()
    }
  }
}

extension FinishedStudy {
  /// A table of the run, without marks for spreadsheets.
  private func table(_ name: String) throws -> String {
    let text = try folder.text(of: name)
    let isMarked = manifest.configuration.spreadsheetSafe == true
    return isMarked ? SpreadsheetSafety.restored(text) : text
  }

  /// `summary.json` and `report.html` of finished results.
  package static func files(
    of results: StudyResults, context: SummaryContext, command: String
  ) throws -> [(name: String, bytes: Data)] {
    let (summary, report): (Data, String)
    if results.plan.options.robustness == nil {
      let outcome = try StudyOutcome(results, context: context)
      (summary, report) = (try outcome.summary.json(), try outcome.reportHTML(command: command))
    } else {
      let outcome = try RobustnessOutcome(results, context: context)
      (summary, report) = (try outcome.summary.json(), outcome.reportHTML(command: command))
    }
    return [(summaryName, summary), (reportName, Data(report.utf8))]
  }
}
