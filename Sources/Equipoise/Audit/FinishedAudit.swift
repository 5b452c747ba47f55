import Evaluation
import Foundation
import Report
import Study

/// An audit read back from its folder.
package struct FinishedAudit {
  /// What `run.json` says.
  package let manifest: RunManifest
  /// The audit in numbers and words.
  package let summary: AuditSummary

  /// Reads a finished run.
  ///
  /// - Throws: `StudyError` `.notARun`, `.malformedRun`.
  package init(folder: OutputFolder) throws {
    manifest = try RunManifest.read(from: folder)
    let text = try folder.text(of: "audit.json")
    do {
      summary = try AuditSummary(json: Data(text.utf8))
    } catch {
      throw StudyError.malformedRun(folder.path(of: "audit.json"), "not an audit of this version")
    }
  }

  /// The report, drawn again from the run's own files.
  package func reportHTML() -> String {
    AuditOutcome(summary: summary).reportHTML(command: manifest.configuration.repeatingCommand)
  }
}
