/// Remarks on how the study was done.
struct RobustnessNotesSection: ReportSection {
  let id = "notes"
  let title = "Notes"

  func body(_ context: RobustnessContext) -> Markup? {
    let notes = context.summary.notes
    return notes.isEmpty ? nil : Markup.list(notes.map { "\($0)" })
  }
}
