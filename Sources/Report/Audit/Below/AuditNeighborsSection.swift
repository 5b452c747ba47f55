import Evaluation

/// A second estimator beside the linear bound.
struct AuditNeighborsSection: ReportSection {
  let id = "neighbors"
  let title = "A second look, by nearest neighbors"

  func body(_ input: AuditReportInput) -> Markup? {
    let rows = input.summary.modalities.compactMap { modality in
      modality.neighbors.map { (modality: modality, check: $0) }
    }
    guard !rows.isEmpty else { return nil }
    let table = Table(
      "Linear bound and nearest neighbors",
      columns: [
        .text("Assay", "modality"), .number("Linear bound", "information"),
        .number("Components", "components"), .number("By neighbors", "neighbor_information"),
        .number("95 % from", "lower"), .number("to", "upper"), .number("Patients", "n"),
      ],
      rows: rows.map { row in
        let information = row.check.information
        return [
          .text(row.modality.name), .number(row.modality.information.estimate),
          .count(row.check.components), .number(information.estimate),
          .number(information.interval?.lower), .number(information.interval?.upper),
          .count(information.n),
        ]
      })
    return table.html + """
      <p class="note">Mutual information of the first principal components with the label by \
      nearest neighbors (Ross 2014), which needs no model. It sees dependence that is not linear, \
      but only in these few components: where it lies clearly above the linear bound, the bound \
      misses something; where it lies below, it says little.</p>

      """
  }
}
