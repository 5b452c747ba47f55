import Evaluation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Macro-F1 over the strength of a condition, and the area under it.
struct CurvesSection: ReportSection {
  let id = "curves"
  let title = "Curves"

  func body(_ context: RobustnessContext) -> Markup? {
    let curves = context.summary.curves
    guard !curves.isEmpty else { return nil }
    var content: Markup = ""
    for (index, curve) in curves.enumerated() {
      content += figure(curve, index + 1, context).html
      content += sentences(curve, context)
      content += areas(curve).html
    }
    return content + """
      <p class="note">Bands are 95 % intervals of each method by itself; compare methods by their \
      paired differences. An area is the mean of macro-F1 along the curve. The best single assay is \
      the one with the largest area, chosen after the fact, so a little flattering. An area is said \
      to differ only where p is below 0.05 after Holm’s correction over the methods and no interval \
      contains zero.</p>

      """
  }

  private func figure(
    _ curve: RobustnessSummary.Curve, _ number: Int, _ context: RobustnessContext
  ) -> Figure {
    let title = "Macro-F1 by \(curve.axis)"
    let under = curve.under == "full" ? "" : ", under \(curve.under)"
    let plot = LinePlot(
      title: title + under, series: series(curve, context), axis: curve.axis,
      places: curve.points.map { point in
        LinePlot.Place(
          x: curve.logarithmic ? log(point.x) : point.x, label: CurvesSection.text(point.x))
      }, valueAxis: "macro-F1")
    return Figure(
      id: "curve-\(number)", caption: "<b>\(title)</b>\(under), with 95 % intervals.",
      chart: plot.wide(), compact: plot.compact(), table: table(curve, context))
  }

  /// Lines of the methods shown that are defined at every point.
  private func series(
    _ curve: RobustnessSummary.Curve, _ context: RobustnessContext
  ) -> [LinePlot.Series] {
    context.shown(bestSingle: curve.bestSingle).compactMap { name in
      let spreads = curve.points.map { spread(name, $0, context.summary) }
      let means = spreads.compactMap(\.mean)
      guard means.count == spreads.count else { return nil }
      return LinePlot.Series(
        name: name, values: means,
        low: zip(spreads, means).map { $0.bounds?.lower ?? $1 },
        high: zip(spreads, means).map { $0.bounds?.upper ?? $1 })
    }
  }

  /// A method at a point: where that is the mean of several settings it has no interval of its own.
  private func spread(
    _ method: String, _ point: RobustnessSummary.Point, _ summary: RobustnessSummary
  ) -> (mean: Double?, bounds: StudySummary.Bounds?) {
    let spreads = point.settings.compactMap {
      summary.setting(named: $0)?.method(named: method)?.metrics["macro_f1"]
    }
    let means = spreads.compactMap(\.mean)
    guard !means.isEmpty, means.count == point.settings.count else { return (nil, nil) }
    return (
      means.reduce(0, +) / Double(means.count), spreads.count == 1 ? spreads[0].ci95 : nil
    )
  }

  private func table(_ curve: RobustnessSummary.Curve, _ context: RobustnessContext) -> Table {
    Table(
      "Macro-F1 by \(curve.axis)",
      columns: [
        .number("Strength", "x"), .text("Settings", "settings"), .text("Method", "method"),
        .number("Mean", "mean"), .number("95 % from", "ci95_lower"), .number("to", "ci95_upper"),
      ],
      rows: curve.points.flatMap { point in
        curve.areas.map { area -> [Table.Cell] in
          let spread = spread(area.method, point, context.summary)
          return [
            .text(CurvesSection.text(point.x)), .text(point.settings.joined(separator: ", ")),
            .text(area.method), .number(spread.mean), .number(spread.bounds?.lower),
            .number(spread.bounds?.upper),
          ]
        }
      })
  }

  private func sentences(
    _ curve: RobustnessSummary.Curve, _ context: RobustnessContext
  ) -> Markup {
    guard let reference = context.reference else { return "" }
    let items = curve.comparisons.filter { $0.a == reference }.map { comparison -> Markup in
      let claim = Claim(
        comparison, over: RobustnessWords.replicates(curve, context.summary))
      let role: Markup = comparison.b == curve.bestSingle ? ", the best single assay" : ""
      let end: Markup = claim.verdict == .notTold ? ", which \(Claim.null)" : ""
      let caveat: Markup = claim.caveat.map { " \($0)" } ?? ""
      return """
        <b>Area, \(reference) minus \(comparison.b)</b>\(role): \(claim.numbers)\(end).\(caveat)
        """
    }
    return items.isEmpty ? "" : Markup.list(items)
  }

  private func areas(_ curve: RobustnessSummary.Curve) -> Table {
    let opponents = ["joint", curve.bestSingle].compactMap { $0 }
      .filter { name in curve.comparisons.contains { $0.b == name } }
    var seen = Set<String>()
    let shown = opponents.filter { seen.insert($0).inserted }
    return Table(
      "Areas under the curve",
      columns: [.text("Method", "method"), .number("Area", "area"), .number("95 %", "ci95")]
        + shown.flatMap { name -> [Table.Column] in
          [
            .number("Minus \(name)", "minus_\(name)"),
            .number("95 % interval", "minus_\(name)_ci95"),
            .sentence("In words", "minus_\(name)_verdict"),
          ]
        },
      rows: curve.areas.map { area in
        [.text(area.method), .number(area.mean), .text(Numbers.range(area.ci95))]
          + shown.flatMap { name -> [Table.Cell] in
            let comparison = curve.comparisons.first { $0.a == area.method && $0.b == name }
            return [
              .signed(comparison?.difference), .text(Numbers.signedRange(comparison?.ci95)),
              .text(comparison.map { Claim($0).brief } ?? Numbers.undefined),
            ]
          }
      })
  }

  /// A strength, without needless decimals.
  static func text(_ value: Double) -> String {
    let decimals = (0...4).first { digits in
      let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
      return abs(value * scale - (value * scale).rounded()) < 1e-9
    }
    return Numbers.fixed(value, decimals ?? 4)
  }
}
