import Evaluation

/// Points with intervals, one row each: the forest plot of methods, and of differences.
package struct IntervalPlot: Sendable {
  /// One row.
  package struct Row: Sendable {
    /// Name at the left.
    package var label: String
    /// Point; nil leaves the row empty.
    package var value: Double?
    /// Interval around it.
    package var bounds: StudySummary.Bounds?
    /// How the point is drawn.
    package var mark: Mark
    /// The numbers in words, at the right.
    package var note: String

    /// A row.
    package init(
      label: String, value: Double?, bounds: StudySummary.Bounds?, mark: Mark = .other,
      note: String
    ) {
      self.label = label
      self.value = value
      self.bounds = bounds
      self.mark = mark
      self.note = note
    }
  }

  /// What the picture shows.
  package var title: String
  /// Rows from top to bottom.
  package var rows: [Row]
  /// Title of the axis.
  package var axis: String
  /// Whether values are differences: a line at 0, and signs on the ticks.
  package var isDifference = false
  /// Differences too small to be seen by the design, shaded around 0.
  package var blindTo: Double?

  /// A plot of rows.
  package init(
    title: String, rows: [Row], axis: String, isDifference: Bool = false, blindTo: Double? = nil
  ) {
    self.title = title
    self.rows = rows
    self.axis = axis
    self.isDifference = isDifference
    self.blindTo = blindTo
  }

  /// Names at the left, numbers at the right.
  package func wide() -> Drawing {
    draw(width: 740, left: 226, right: 566, rowHeight: 24, lineOffset: 12, isCompact: false)
  }

  /// Names and numbers above each line.
  package func compact() -> Drawing {
    draw(width: 340, left: 8, right: 332, rowHeight: 40, lineOffset: 28, isCompact: true)
  }

  private func scale(from left: Double, to right: Double) -> Scale {
    var values = rows.flatMap { row in
      [row.value, row.bounds?.lower, row.bounds?.upper].compactMap { $0 }
    }
    if isDifference { values += [0] + (blindTo.map { [-$0, $0] } ?? []) }
    let margin = ((values.max() ?? 1) - (values.min() ?? 0)) * 0.03
    if let low = values.min(), let high = values.max() { values += [low - margin, high + margin] }
    return Scale(covering: values, pixels: (left, right), count: 5)
  }

  private func draw(
    width: Int, left: Double, right: Double, rowHeight: Double, lineOffset: Double,
    isCompact: Bool
  ) -> Drawing {
    let scale = scale(from: left, to: right)
    let top = 6.0
    let bottom = top + Double(rows.count) * rowHeight + 4
    var body: Markup = ""
    if let blindTo {
      body += """
        <rect class="band" x="\(at: scale(-blindTo))" y="\(at: top)" \
        width="\(at: scale(blindTo) - scale(-blindTo))" height="\(at: bottom - top)"/>
        """
    }
    body += ticks(scale, top: top, bottom: bottom)
    if isDifference {
      body += """
        <line class="zero" x1="\(at: scale(0))" x2="\(at: scale(0))" y1="\(at: top)" \
        y2="\(at: bottom)"/>
        """
    }
    for (index, row) in rows.enumerated() {
      let y = top + Double(index) * rowHeight
      body += labels(row, y: y, width: Double(width), right: right, isCompact: isCompact)
      body += points(row, y: y + lineOffset, scale: scale)
    }
    body += """
      <text class="axis" x="\(at: (left + right) / 2)" y="\(at: bottom + 32)" \
      text-anchor="middle">\(axis)</text>
      """
    return Drawing(width: width, height: Int(bottom) + 40, title: title, body: body)
  }

  private func ticks(_ scale: Scale, top: Double, bottom: Double) -> Markup {
    scale.ticks.map { tick -> Markup in
      """
      <line class="grid" x1="\(at: scale(tick))" x2="\(at: scale(tick))" y1="\(at: top)" \
      y2="\(at: bottom)"/><text class="tick" x="\(at: scale(tick))" y="\(at: bottom + 15)" \
      text-anchor="middle">\(scale.label(tick, signed: isDifference))</text>
      """
    }.joined()
  }

  private func labels(
    _ row: Row, y: Double, width: Double, right: Double, isCompact: Bool
  ) -> Markup {
    let style = Markup(trusted: row.mark == .other ? "label" : "label strong")
    if isCompact {
      return """
        <text class="\(style)" x="8" y="\(at: y + 15)">\(shortened(row.label, to: 26))</text>\
        <text class="value" x="\(at: width - 8)" y="\(at: y + 15)" \
        text-anchor="end">\(row.note)</text>
        """
    }
    return """
      <text class="\(style)" x="214" y="\(at: y + 16)" \
      text-anchor="end">\(shortened(row.label, to: 32))</text>\
      <text class="value" x="\(at: right + 14)" y="\(at: y + 16)">\(row.note)</text>
      """
  }

  private func points(_ row: Row, y: Double, scale: Scale) -> Markup {
    var body: Markup = ""
    if let bounds = row.bounds {
      let style = Markup(trusted: row.mark.rawValue)
      let (low, high) = (scale(bounds.lower), scale(bounds.upper))
      body += """
        <path class="interval \(style)" d="M\(at: low) \(at: y)H\(at: high)\
        M\(at: low) \(at: y - 4)V\(at: y + 4)M\(at: high) \(at: y - 4)V\(at: y + 4)"/>
        """
    }
    if let value = row.value { body += row.mark.svg(scale(value), y) }
    return body
  }
}
