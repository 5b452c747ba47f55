import Evaluation

/// Remarks on how the audit was done.
struct AuditNotesSection: ReportSection {
  let id = "notes"
  let title = "Notes"

  func body(_ input: AuditReportInput) -> Markup? {
    let notes = input.summary.notes
    return notes.isEmpty ? nil : Markup.list(notes.map { "\($0)" })
  }
}
