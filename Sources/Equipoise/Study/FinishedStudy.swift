import Evaluation
import Foundation
import Report
import Study

/// A study read back from its folder.
package struct FinishedStudy {
  static let summaryName = "summary.json"
  static let reportName = "report.html"

  /// What `run.json` says.
  package let manifest: RunManifest
  /// The study in numbers.
  package let summary: StudySummary
  /// `summary.json` as it stands.
  package let summaryText: String
  private let folder: OutputFolder

  /// Reads a finished run.
  ///
  /// - Throws: `StudyError` `.notARun`, `.malformedRun`.
  package init(folder: OutputFolder) throws {
    self.folder = folder
    manifest = try RunManifest.read(from: folder)
    guard manifest.finished != nil else { throw StudyError.notARun(folder.path) }
    summaryText = try folder.text(of: FinishedStudy.summaryName)
    do {
      summary = try StudySummary(json: Data(summaryText.utf8))
    } catch {
      throw StudyError.malformedRun(
        folder.path(of: FinishedStudy.summaryName), "not a summary of this version")
    }
  }

  /// The report, drawn again from the run's own files.
  package func reportHTML() throws -> String {
    try StudyReport(
      StudyReportInput(
        summary: summary, results: try folder.text(of: "results.csv"),
        predictions: try folder.text(of: "predictions.csv"),
        command: manifest.configuration.repeatingCommand)
    ).html()
  }
}
