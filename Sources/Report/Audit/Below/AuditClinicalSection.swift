import Evaluation

/// The clinical columns alone, and what the assays add to them.
struct AuditClinicalSection: ReportSection {
  let id = "clinical"
  let title = "Beyond clinical columns"

  func body(_ input: AuditReportInput) -> Markup? {
    guard let clinical = input.summary.clinical else { return nil }
    let table = Table(
      "Clinical columns and all assays",
      columns: [
        .text("", "quantity"), .number("Nats", "estimate"), .number("95 % from", "lower"),
        .number("to", "upper"), .number("p", "p"), .number("Holm p", "p_holm"),
        .number("Patients", "n"),
      ],
      rows: [
        [.text("clinical columns alone")]
          + AuditRow(name: "", clinical.information).cells,
        [.text("added by all assays")] + AuditRow(name: "", clinical.modalitiesAdd).cells,
      ])
    let columns = Numbers.list(clinical.columns)
    let size: Markup =
      clinical.detectable.map {
        " An addition below \(Numbers.fixed($0)) nats would often have gone unseen."
      } ?? ""
    return "<p>Clinical columns: \(columns).\(size)</p>\n" + table.html
  }
}
