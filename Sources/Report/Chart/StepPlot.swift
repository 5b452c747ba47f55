import Evaluation

/// Horizontal bars that run from one value to another: steps that lead from a start to a sum, or what
/// lies left and right of zero.
package struct StepPlot: Sendable {
  /// One bar.
  package struct Row: Sendable {
    /// Name on the left.
    package var label: String
    /// Where the bar begins.
    package var from: Double
    /// Where it ends; left of `from` it is drawn open.
    package var to: Double
    /// Number beside it.
    package var note: String
    /// Whether it is a state and not a step.
    package var isState: Bool

    /// A bar.
    package init(label: String, from: Double, to: Double, note: String, isState: Bool = false) {
      self.label = label
      self.from = from
      self.to = to
      self.note = note
      self.isState = isState
    }
  }

  /// What the picture shows.
  package var title: String
  /// Bars from the top down.
  package var rows: [Row]
  /// Title of the axis.
  package var axis: String
  /// Whether a thin line leads from the end of each bar to the next.
  package var isJoined: Bool

  /// A plot of bars.
  package init(title: String, rows: [Row], axis: String, isJoined: Bool = false) {
    self.title = title
    self.rows = rows
    self.axis = axis
    self.isJoined = isJoined
  }

  /// The steps that lead from a start over what each part adds to their sum.
  package static func waterfall(
    title: String, start: (label: String, value: Double), parts: [(label: String, value: Double)],
    end: String, axis: String
  ) -> StepPlot {
    var reached = start.value
    var rows = [
      Row(
        label: start.label, from: 0, to: reached, note: Numbers.fixed(reached, 2), isState: true)
    ]
    for part in parts {
      let next = reached + part.value
      rows.append(
        Row(label: part.label, from: reached, to: next, note: Numbers.signed(part.value, 2)))
      reached = next
    }
    rows.append(
      Row(label: end, from: 0, to: reached, note: Numbers.fixed(reached, 2), isState: true))
    return StepPlot(title: title, rows: rows, axis: axis, isJoined: true)
  }

  /// The picture.
  package func drawing() -> Drawing {
    let (width, left, right, step, thickness) = (460, 150.0, 404.0, 22.0, 12.0)
    let x = Scale(
      covering: rows.flatMap { [$0.from, $0.to] } + [0], pixels: (left, right), count: 5)
    let bottom = 8 + step * Double(rows.count)
    var body = x.bottomAxis(from: 6, to: bottom, title: axis)
    body += "<path class=\"zero\" d=\"M\(at: x(0)) 6V\(at: bottom)\"/>"
    for (index, row) in rows.enumerated() {
      let top = 8 + step * Double(index) + (step - thickness) / 2
      let middle = top + thickness / 2
      let (low, high) = (min(x(row.from), x(row.to)), max(x(row.from), x(row.to)))
      let style: Mark = row.isState ? .other : row.to < row.from ? .second : .first
      if isJoined, index + 1 < rows.count {
        body += "<path class=\"joint\" d=\"M\(at: x(row.to)) \(at: middle)v\(at: step)\"/>"
      }
      body += """
        <text class="label small" x="\(at: left - 8)" y="\(at: middle + 4)" text-anchor="end">\
        \(shortened(row.label, to: 22))</text>\
        <rect class="bar \(Markup(trusted: style.rawValue))" x="\(at: low)" y="\(at: top)" \
        width="\(at: max(0.5, high - low))" height="\(at: thickness)"/>\
        <text class="value small" x="\(at: high + 6)" y="\(at: middle + 4)">\(row.note)</text>
        """
    }
    return Drawing(width: width, height: Int(bottom) + 40, title: title, body: body)
  }
}
