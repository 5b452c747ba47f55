import Evaluation

/// Lines over rounds, each with its own dashes and its name at its end.
package struct LinePlot: Sendable {
  /// One line with the span that it stands for.
  package struct Series: Sendable {
    /// Name at the line's end.
    package var name: String
    /// One value a round.
    package var values: [Double]
    /// Lowest value of each round.
    package var low: [Double]
    /// Highest value of each round.
    package var high: [Double]

    /// A line.
    package init(name: String, values: [Double], low: [Double], high: [Double]) {
      self.name = name
      self.values = values
      self.low = low
      self.high = high
    }
  }

  /// What the picture shows.
  package var title: String
  /// Lines.
  package var series: [Series]
  /// Title of the horizontal axis.
  package var axis: String
  /// A level to be marked, such as equal weights.
  package var level: Double?

  /// A plot of lines.
  package init(title: String, series: [Series], axis: String, level: Double? = nil) {
    self.title = title
    self.series = series
    self.axis = axis
    self.level = level
  }

  /// The picture.
  package func drawing() -> Drawing {
    let rounds = max(2, series.map(\.values.count).max() ?? 2)
    let spans = series.flatMap { $0.low + $0.high + $0.values } + (level.map { [$0] } ?? [])
    let y = Scale(covering: spans + [0], pixels: (210, 12), count: 5)
    let x = Scale(
      covering: [1, Double(rounds)], pixels: (40, 252), count: min(5, rounds - 1))
    var body: Markup = ""
    for tick in y.ticks {
      body += """
        <path class="grid" d="M40 \(at: y(tick))H252"/>\
        <text class="tick" x="33" y="\(at: y(tick) + 4)" text-anchor="end">\(y.label(tick))</text>
        """
    }
    for tick in x.ticks where tick == tick.rounded() && tick >= 1 {
      body += """
        <text class="tick" x="\(at: x(tick))" y="227" text-anchor="middle">\
        \(Numbers.fixed(tick, 0))</text>
        """
    }
    body += "<text class=\"axis\" x=\"146\" y=\"246\" text-anchor=\"middle\">\(axis)</text>"
    if let level { body += "<path class=\"diagonal\" d=\"M40 \(at: y(level))H252\"/>" }
    for (index, line) in series.enumerated() { body += draw(line, index, x: x, y: y) }
    body += names(y: y)
    return Drawing(width: 340, height: 254, title: title, body: body)
  }

  private func draw(_ line: Series, _ index: Int, x: Scale, y: Scale) -> Markup {
    func points(_ values: [Double]) -> [Markup] {
      values.enumerated().map { "\(at: x(Double($0 + 1))) \(at: y($1))" }
    }
    let hue = Markup(trusted: "h\(index % 6)")
    let outline = points(line.high) + points(line.low).reversed()
    return """
      <polygon class="span \(hue)" points="\(outline.joined(separator: ","))"/>\
      <polyline class="curve \(hue)" points="\(points(line.values).joined(separator: ","))"/>
      """
  }

  /// Names at the ends of their lines, moved apart where they would overlap.
  private func names(y: Scale) -> Markup {
    let ends = series.indices.compactMap { index in
      series[index].values.last.map { (index: index, y: y($0)) }
    }.sorted { ($0.y, $0.index) < ($1.y, $1.index) }
    var places = [Double]()
    for end in ends { places.append(max(end.y, (places.last ?? -100) + 14)) }
    let overflow = max(0, (places.last ?? 0) - 210)
    return zip(ends, places).map { end, place -> Markup in
      let text = place - overflow
      return """
        <path class="leader" d="M254 \(at: end.y)L262 \(at: text)"/>\
        <text class="label small" x="265" y="\(at: text + 4)">\
        \(shortened(series[end.index].name, to: 11))</text>
        """
    }.joined()
  }
}
