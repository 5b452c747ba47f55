import Evaluation

/// What each assay adds given the others, and what it tells alone.
struct AuditAssaysSection: ReportSection {
  let id = "assays"
  let title = "Assays"

  func body(_ input: AuditReportInput) -> Markup? {
    let summary = input.summary
    let additions =
      summary.modalities.contains { $0.adds?.estimate != nil } ? self.additions(summary).html : ""
    return additions + alone(summary).html + """
      <p class="note">In nats, by cross-fitted classifiers on patients whose label they did not \
      see; below zero means worse than the class shares alone, which noise can do. Share: of the \
      label’s entropy among the patients measured. An assay’s interval is about these patients, \
      with the classifiers as fitted.</p>

      """
  }

  private func additions(_ summary: AuditSummary) -> Figure {
    let rows = summary.modalities.filter { $0.adds?.estimate != nil }
    let plot = IntervalPlot(
      title: "What each assay adds given the others, with 95 % intervals",
      rows: rows.map { modality in
        AuditRow(name: modality.name, modality.adds).plotted(
          mark: modality.adds?.isAboveZero == true ? .first : .other)
      }, axis: "nats added beyond the others", isDifference: true)
    let table = Table(
      "What each assay adds given the others",
      columns: [
        .text("Assay", "modality"), .number("Adds, nats", "adds"), .number("95 % from", "lower"),
        .number("to", "upper"), .number("p", "p"), .number("Holm p", "p_holm"),
        .number("Patients", "n"), .number("Detectable", "detectable"),
        .sentence("In words", "verdict"),
      ],
      rows: rows.map { modality in
        [.text(modality.name)] + AuditRow(name: modality.name, modality.adds).cells + [
          .number(modality.detectable),
          .text(
            modality.adds?.isAboveZero == true
              ? "adds something" : "nothing that is distinguishable from zero"),
        ]
      })
    return Figure(
      id: "adds",
      caption: """
        <b>What each adds given the others</b>, with 95 % intervals. \
        <span class="legend">\(Mark.first.key("distinguishable from zero"))\
        \(Mark.other.key("not distinguishable from zero"))</span>
        """, chart: plot.wide(), compact: plot.compact(), table: table)
  }

  private func alone(_ summary: AuditSummary) -> Figure {
    var rows = summary.modalities.map { AuditRow(name: $0.name, $0.information, share: $0.share) }
    if summary.modalities.count > 1 {
      let share = summary.together.estimate.map {
        summary.labelEntropy > 0 ? min(1, max(0, $0 / summary.labelEntropy)) : 0
      }
      rows.append(AuditRow(name: "all together", summary.together, share: share))
    }
    if let clinical = summary.clinical {
      rows.append(AuditRow(name: "clinical columns", clinical.information))
    }
    let plot = IntervalPlot(
      title: "What each assay tells of the label alone, with 95 % intervals",
      rows: rows.map {
        $0.plotted(mark: $0.name == "all together" ? .first : .other)
      }, axis: "nats told of the label", isDifference: true)
    let table = Table(
      "What each assay tells of the label",
      columns: [
        .text("Assay", "modality"), .number("Tells, nats", "information"),
        .number("95 % from", "lower"), .number("to", "upper"), .number("p", "p"),
        .number("Holm p", "p_holm"), .number("Patients", "n"), .number("Share", "share"),
      ],
      rows: rows.map { row in
        [.text(row.name)] + row.cells + [
          Table.Cell(
            shown: "\(Numbers.percent(row.share))", raw: row.share.map(\.description) ?? "")
        ]
      })
    return Figure(
      id: "alone", caption: "<b>What each tells alone</b>, with 95 % intervals.",
      chart: plot.wide(), compact: plot.compact(), table: table)
  }
}

/// One quantity of an audit as a row of a plot and of a table.
struct AuditRow {
  let name: String
  let estimate: AuditSummary.Estimate?
  let share: Double?

  init(name: String, _ estimate: AuditSummary.Estimate?, share: Double? = nil) {
    self.name = name
    self.estimate = estimate
    self.share = share
  }

  /// The row of a forest plot.
  func plotted(mark: Mark) -> IntervalPlot.Row {
    let value = estimate?.estimate
    let note =
      estimate?.interval == nil
      ? Numbers.fixed(value)
      : "\(Numbers.fixed(value))  (\(Numbers.range(estimate?.interval)))"
    return IntervalPlot.Row(
      label: name, value: value, bounds: estimate?.interval, mark: mark, note: note)
  }

  /// Estimate, interval, p, Holm's p and patients.
  var cells: [Table.Cell] {
    [
      .number(estimate?.estimate), .number(estimate?.interval?.lower),
      .number(estimate?.interval?.upper), .p(estimate?.p), .p(estimate?.pHolm),
      .count(estimate?.n),
    ]
  }
}
