import Evaluation

/// Remarks on how the study was done.
struct NotesSection: ReportSection {
  let id = "notes"
  let title = "Notes"

  func body(_ context: ReportContext) -> Markup? {
    let notes = context.summary.notes
    return notes.isEmpty ? nil : Markup.list(notes.map { "\($0)" })
  }
}
