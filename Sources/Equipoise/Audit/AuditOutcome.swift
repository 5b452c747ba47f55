import Boundary
import Evaluation
import Foundation
import Report

/// What a finished audit found.
public struct AuditOutcome: Sendable {
  /// The audit in numbers and words, as in `audit.json`.
  public let summary: AuditSummary

  /// The report: one HTML file without links to elsewhere.
  ///
  /// - Parameter command: the command that repeats the audit, to be shown.
  public func reportHTML(command: String = "") -> String {
    AuditReport(AuditReportInput(summary: summary, command: command)).html()
  }

  /// `audit.json`, `audit.csv` and `report.html`.
  package func files(command: String) throws -> [(name: String, bytes: Data)] {
    [
      ("audit.json", try summary.json()), ("audit.csv", Data(summary.csv().utf8)),
      ("report.html", Data(reportHTML(command: command).utf8)),
    ]
  }
}

extension AuditOutcome {
  /// The findings for people, one a line.
  package var text: String {
    let warnings = summary.warnings.map { "look at this: \($0.line)" }
    return (summary.findings.map(\.sentence) + warnings).map { visibleText($0) }
      .joined(separator: "\n")
  }
}
