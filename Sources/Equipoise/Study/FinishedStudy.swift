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
    summaryText = try FinishedStudy.text(FinishedStudy.summaryName, in: folder)
    do {
      summary = try StudySummary(json: Data(summaryText.utf8))
    } catch {
      throw StudyError.malformedRun(
        folder.path(of: FinishedStudy.summaryName), "not a summary of this version")
    }
  }

  /// Draws the report again from the run's own files, and writes it; `run.json` is brought up to
  /// date if the report has changed.
  package func rebuildReport() throws {
    let input = try StudyReportInput(
      summary: summary, results: try FinishedStudy.text("results.csv", in: folder),
      predictions: try FinishedStudy.text("predictions.csv", in: folder),
      command: manifest.configuration.repeatingCommand)
    let bytes = Data(StudyReport(input).html().utf8)
    try folder.publish([(FinishedStudy.reportName, bytes)])
    let digest = FileDigest(name: FinishedStudy.reportName, bytes: bytes)
    guard !manifest.outputs.contains(digest) else { return }
    var manifest = manifest
    manifest.outputs = manifest.outputs.map { $0.name == digest.name ? digest : $0 }
    try folder.publish([(RunManifest.fileName, try manifest.json())])
  }

  private static func text(_ name: String, in folder: OutputFolder) throws -> String {
    let path = folder.path(of: name)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw StudyError.notARun(folder.path)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw StudyError.malformedRun(path, "not UTF-8")
    }
    return text
  }
}
