import Evaluation

/// Horizontal bars in groups, with an optional span on each: scores by class, for one method or two.
package struct BarChart: Sendable {
  /// One bar.
  package struct Bar: Sendable {
    /// Its length; nil leaves it out.
    package var value: Double?
    /// Lowest and highest value that it stands for.
    package var span: StudySummary.Bounds?

    /// A bar.
    package init(value: Double?, span: StudySummary.Bounds? = nil) {
      self.value = value
      self.span = span
    }
  }

  /// What the picture shows.
  package var title: String
  /// Names of the groups.
  package var groups: [String]
  /// Marks of the series: filled, hatched or plain bars.
  package var series: [Mark]
  /// Bars of each group, one a series.
  package var bars: [[Bar]]
  /// Title of the axis.
  package var axis: String

  /// A chart of groups × series bars, from 0.
  package init(title: String, groups: [String], series: [Mark], bars: [[Bar]], axis: String) {
    precondition(bars.count == groups.count, "one list of bars a group")
    self.title = title
    self.groups = groups
    self.series = series
    self.bars = bars
    self.axis = axis
  }

  /// The picture.
  package func drawing() -> Drawing {
    let (left, right, thickness) = (96.0, 300.0, 11.0)
    let groupHeight = Double(series.count) * (thickness + 2) + 11
    let values = bars.flatMap { $0 }.flatMap { [$0.value, $0.span?.upper].compactMap { $0 } }
    let x = Scale(covering: values + [0], pixels: (left, right), count: 5)
    let bottom = 6 + groupHeight * Double(groups.count)
    var body = x.bottomAxis(from: 6, to: bottom, title: axis)
    for (index, group) in groups.enumerated() {
      let y = 10 + groupHeight * Double(index)
      let middle = y + Double(series.count) * (thickness + 2) / 2
      body += """
        <text class="label small" x="\(at: left - 8)" y="\(at: middle + 3)" text-anchor="end">\
        \(shortened(group, to: 13))</text>
        """
      for (position, bar) in bars[index].enumerated() {
        let top = y + Double(position) * (thickness + 2)
        body += draw(bar, series[position], top: top, thickness: thickness, x: x)
      }
    }
    return Drawing(width: 340, height: Int(bottom) + 40, title: title, body: body)
  }

  private func draw(
    _ bar: Bar, _ mark: Mark, top: Double, thickness: Double, x: Scale
  ) -> Markup {
    guard let value = bar.value else { return "" }
    let style = Markup(trusted: mark.rawValue)
    let middle = top + thickness / 2
    var body: Markup = """
      <rect class="bar \(style)" x="\(at: x(0))" y="\(at: top)" \
      width="\(at: max(0.5, x(value) - x(0)))" height="\(at: thickness)"/>
      """
    if let span = bar.span, span.upper > span.lower {
      body += """
        <path class="whisker" d="M\(at: x(span.lower)) \(at: middle)H\(at: x(span.upper))\
        M\(at: x(span.lower)) \(at: middle - 3)V\(at: middle + 3)\
        M\(at: x(span.upper)) \(at: middle - 3)V\(at: middle + 3)"/>
        """
    }
    return body + """
      <text class="value small" x="\(at: max(x(value), x(bar.span?.upper ?? value)) + 5)" \
      y="\(at: middle + 4)">\(Numbers.fixed(value, 2))</text>
      """
  }
}
