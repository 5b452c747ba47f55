import Evaluation

/// All methods: macro-F1 with intervals, and every other metric in a table.
struct MethodsSection: ReportSection {
  let id = "methods"
  let title = "All methods"

  func body(_ context: ReportContext) -> Markup? {
    let methods = context.summary.methods
    guard !methods.isEmpty else { return nil }
    var content: Markup = ""
    if context.roles.keyMethods.count < methods.count {
      content +=
        MethodsSection.figure(
          id: "methods-all", methods: methods, context: context,
          caption: "Macro-F1 of all methods, with 95 % intervals. \(context.legend)"
        ).html
    }
    content += metrics(context).html
    return content + """
      <p class="note">Mean over test folds. Intervals are corrected for training rows that folds \
      share (Nadeau &amp; Bengio 2003). Intervals of two methods may overlap although their paired \
      difference is clear, and the reverse: compare methods by the table of comparisons.</p>

      """
  }

  /// Forest plot of some methods, the highest mean first.
  static func figure(
    id: String, methods: [StudySummary.Method], context: ReportContext, caption: Markup
  ) -> Figure {
    let order = methods.enumerated().sorted { a, b in
      let (x, y) = (
        context.roles.score(a.element) ?? -.infinity, context.roles.score(b.element) ?? -.infinity
      )
      return x != y ? x > y : a.offset < b.offset
    }.map(\.element)
    let plot = IntervalPlot(
      title: "Macro-F1 of methods with 95 % intervals",
      rows: order.map { method in
        let spread = method.metrics["macro_f1"]
        let note =
          spread?.ci95 == nil
          ? Numbers.fixed(spread?.mean)
          : "\(Numbers.fixed(spread?.mean))  (\(Numbers.range(spread?.ci95, 2)))"
        return IntervalPlot.Row(
          label: method.name, value: spread?.mean, bounds: spread?.ci95,
          mark: context.roles.mark(method.name), note: note)
      }, axis: "macro-F1")
    return Figure(
      id: id, caption: caption, chart: plot.wide(), compact: plot.compact(),
      table: table(order, context))
  }

  private static func table(_ methods: [StudySummary.Method], _ context: ReportContext) -> Table {
    Table(
      "Macro-F1 of methods",
      columns: [
        .text("Method", "method"), .number("Mean", "mean"), .number("SD over folds", "sd"),
        .number("95 % from", "ci95_lower"), .number("to", "ci95_upper"),
      ],
      rows: methods.map { method in
        let spread = method.metrics["macro_f1"]
        return [
          .text(method.name), .number(spread?.mean), .number(spread?.sd),
          .number(spread?.ci95?.lower), .number(spread?.ci95?.upper),
        ]
      },
      emphasized: Set(methods.indices.filter { context.roles.mark(methods[$0].name) != .other }))
  }

  private func metrics(_ context: ReportContext) -> Table {
    let methods = context.summary.methods
    let present = Set(methods.flatMap(\.metrics.keys))
    let names =
      MetricWords.names.filter(present.contains)
      + present.subtracting(MetricWords.names).sorted()
    return Table(
      "Every metric, mean over folds",
      columns: [.text("Method", "method")] + names.map { .number(MetricWords.title($0), $0) }
        + [.number("macro-F1, pooled", "pooled_macro_f1")],
      rows: methods.map { method in
        [.text(method.name)] + names.map { .number(method.metrics[$0]?.mean) }
          + [.number(method.pooledMacroF1)]
      },
      emphasized: Set(methods.indices.filter { context.roles.mark(methods[$0].name) != .other }))
  }
}
