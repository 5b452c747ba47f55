import Evaluation

/// Each assay alone, what it adds given the others, where it is missing; and the methods beside each
/// other.
struct AssaysSection: ReportSection {
  let id = "assays"
  let title = "Assays"

  func body(_ context: ReportContext) -> Markup? {
    table(context).html + remark(context) + forest(context).html
  }

  private func table(_ context: ReportContext) -> Table {
    let summary = context.summary
    let hasUnique = summary.modalities.contains { $0.unique != nil }
    var columns: [Table.Column] = [
      .text("Assay", "modality"), .number("Features", "n_features"),
      .number("Measured", "n_measured"), .number("Missing", "n_missing"),
      .number("Alone, macro-F1", "macro_f1"), .number("95 % interval", "ci95"),
      .number("Tells of the label", "informativeness"),
    ]
    if hasUnique { columns.append(.sentence("Adds given the others", "unique")) }
    let rows = summary.modalities.map { modality -> [Table.Cell] in
      let spread = context.roles.alone(modality.name)?.metrics["macro_f1"]
      var row: [Table.Cell] = [
        .text(modality.name), .count(modality.featureCount), .count(modality.measuredCount),
        .count(summary.cohort.patients - modality.measuredCount), .number(spread?.mean),
        .text(Numbers.range(spread?.ci95)),
        Table.Cell(
          shown: "\(Numbers.percent(modality.informativeness))",
          raw: modality.informativeness.map(\.description) ?? ""),
      ]
      if hasUnique { row.append(unique(modality)) }
      return row
    }
    return Table("Each assay alone", columns: columns, rows: rows)
  }

  private func unique(_ modality: StudySummary.Modality) -> Table.Cell {
    guard let value = modality.unique else { return .text(Numbers.undefined) }
    guard let interval = modality.uniqueInterval else {
      return Table.Cell(shown: "\(Numbers.percent(value))", raw: value.description)
    }
    let range = "\(Numbers.percent(interval.lower)) to \(Numbers.percent(interval.upper))"
    let verdict = interval.contains(0) ? ": \(Claim.null)" : ""
    return Table.Cell(
      shown: "\(Numbers.percent(value)) (\(range))\(verdict)", raw: value.description)
  }

  private func remark(_ context: ReportContext) -> Markup {
    var text: Markup = "<p class=\"note\">"
    if let family = context.roles.aloneFamily { text += "Alone: \(family) on that assay. " }
    text += """
      Tells of the label: mutual information of its out-of-fold predictions with the label, as a \
      share of the label's entropy; an association, not a cause.
      """
    if !context.summary.modalities.contains(where: { $0.unique != nil }) {
      text += " What each adds given the others was not computed."
    }
    return text + "</p>\n"
  }

  private func forest(_ context: ReportContext) -> Figure {
    let methods = context.roles.keyMethods
    let isPart = methods.count < context.summary.methods.count
    let scope: Markup =
      isPart
      ? " <a href=\"#methods\">All \(context.summary.methods.count) methods</a> stand below." : ""
    return MethodsSection.figure(
      id: "methods-in-short", methods: methods, context: context,
      caption: "Macro-F1 of methods on patients left out, with 95 % intervals; the declared "
        + "contrast is marked. \(context.legend)\(scope)")
  }
}
