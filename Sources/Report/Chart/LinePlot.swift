import Evaluation

/// Lines over rounds or strengths, each with its own dashes and its name.
package struct LinePlot: Sendable {
  /// One line with the span that it stands for.
  package struct Series: Sendable {
    /// Name of the line.
    package var name: String
    /// One value a place.
    package var values: [Double]
    /// Lowest value of each place.
    package var low: [Double]
    /// Highest value of each place.
    package var high: [Double]

    /// A line.
    package init(name: String, values: [Double], low: [Double], high: [Double]) {
      self.name = name
      self.values = values
      self.low = low
      self.high = high
    }
  }

  /// A place on the horizontal axis.
  package struct Place: Sendable {
    /// Where it stands, in any unit.
    package var x: Double
    /// Its label.
    package var label: String

    /// A place.
    package init(x: Double, label: String) {
      self.x = x
      self.label = label
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
  /// Places of the values; empty: rounds, from 1.
  package var places: [Place]
  /// Title of the vertical axis; nil for none, and then the axis begins at 0.
  package var valueAxis: String?

  /// A plot of lines.
  package init(
    title: String, series: [Series], axis: String, level: Double? = nil, places: [Place] = [],
    valueAxis: String? = nil
  ) {
    self.title = title
    self.series = series
    self.axis = axis
    self.level = level
    self.places = places
    self.valueAxis = valueAxis
  }

  /// The picture, names at the ends of their lines.
  package func drawing() -> Drawing {
    draw(Frame(width: 340, left: 40, right: 252, bottom: 210, nameLength: 11))
  }

  /// The picture for wide screens and paper, with room for long names.
  package func wide() -> Drawing {
    draw(Frame(width: 740, left: 56, right: 500, bottom: 270, nameLength: 34))
  }

  /// The picture for narrow screens, names below it.
  package func compact() -> Drawing {
    draw(Frame(width: 340, left: 50, right: 326, bottom: 220, nameLength: nil))
  }

  /// Where the lines stand in a picture.
  private struct Frame {
    let width: Int
    let left: Double
    let right: Double
    let top = 12.0
    let bottom: Double
    /// Letters of a name at the end of its line; nil puts the names below.
    let nameLength: Int?
  }

  private func draw(_ frame: Frame) -> Drawing {
    let spans = series.flatMap { $0.low + $0.high + $0.values } + (level.map { [$0] } ?? [])
    let y = Scale(
      covering: valueAxis == nil ? spans + [0] : spans, pixels: (frame.bottom, frame.top),
      count: 5)
    let x = horizontal(frame)
    var body: Markup = ""
    for tick in y.ticks {
      body += """
        <path class="grid" d="M\(at: frame.left) \(at: y(tick))H\(at: frame.right)"/>\
        <text class="tick" x="\(at: frame.left - 7)" y="\(at: y(tick) + 4)" \
        text-anchor="end">\(y.label(tick))</text>
        """
    }
    for tick in ticks(x) {
      body += """
        <text class="tick" x="\(at: x(tick.x))" y="\(at: frame.bottom + 17)" \
        text-anchor="middle">\(tick.label)</text>
        """
    }
    body += """
      <text class="axis" x="\(at: (frame.left + frame.right) / 2)" y="\(at: frame.bottom + 36)" \
      text-anchor="middle">\(axis)</text>
      """
    if let valueAxis {
      let middle = (frame.top + frame.bottom) / 2
      body += """
        <text class="axis" transform="translate(11 \(at: middle)) rotate(-90)" \
        text-anchor="middle">\(valueAxis)</text>
        """
    }
    if let level {
      body +=
        "<path class=\"diagonal\" d=\"M\(at: frame.left) \(at: y(level))H\(at: frame.right)\"/>"
    }
    for (index, line) in series.enumerated() { body += draw(line, index, x: x, y: y) }
    var height = frame.bottom + 44
    if let length = frame.nameLength {
      body += names(y: y, frame: frame, length: length)
    } else {
      body += key(top: height)
      height += 18 * Double(series.count) + 4
    }
    return Drawing(width: frame.width, height: Int(height), title: title, body: body)
  }

  private var positions: [Double] {
    places.isEmpty
      ? (1...max(2, series.map(\.values.count).max() ?? 2)).map(Double.init) : places.map(\.x)
  }

  private func horizontal(_ frame: Frame) -> Scale {
    let positions = positions
    return Scale(
      covering: [positions.min() ?? 0, positions.max() ?? 1], pixels: (frame.left, frame.right),
      count: min(5, positions.count - 1))
  }

  /// Labels of the places; of round numbers where rounds are counted.
  private func ticks(_ x: Scale) -> [Place] {
    guard places.isEmpty else { return places }
    return x.ticks.filter { $0 == $0.rounded() && $0 >= 1 }
      .map { Place(x: $0, label: Numbers.fixed($0, 0)) }
  }

  private func draw(_ line: Series, _ index: Int, x: Scale, y: Scale) -> Markup {
    let positions = positions
    func points(_ values: [Double]) -> [Markup] {
      zip(positions, values).map { "\(at: x($0)) \(at: y($1))" }
    }
    let hue = Markup(trusted: "h\(index % 6)")
    let outline = points(line.high) + points(line.low).reversed()
    var body: Markup = """
      <polygon class="span \(hue)" points="\(outline.joined(separator: ","))"/>\
      <polyline class="curve \(hue)" points="\(points(line.values).joined(separator: ","))"/>
      """
    guard !places.isEmpty else { return body }
    for (position, value) in zip(positions, line.values) {
      body += """
        <circle class="dot \(hue)" cx="\(at: x(position))" cy="\(at: y(value))" r="2.6"/>
        """
    }
    return body
  }

  /// Names at the ends of their lines, moved apart where they would overlap.
  private func names(y: Scale, frame: Frame, length: Int) -> Markup {
    let ends = series.indices.compactMap { index in
      series[index].values.last.map { (index: index, y: y($0)) }
    }.sorted { ($0.y, $0.index) < ($1.y, $1.index) }
    var places = [Double]()
    for end in ends { places.append(max(end.y, (places.last ?? -100) + 14)) }
    let overflow = max(0, (places.last ?? 0) - frame.bottom)
    return zip(ends, places).map { end, place -> Markup in
      let text = place - overflow
      return """
        <path class="leader" d="M\(at: frame.right + 2) \(at: end.y)\
        L\(at: frame.right + 10) \(at: text)"/>\
        <text class="label small" x="\(at: frame.right + 13)" y="\(at: text + 4)">\
        \(shortened(series[end.index].name, to: length))</text>
        """
    }.joined()
  }

  /// Names below the picture, each behind a piece of its line.
  private func key(top: Double) -> Markup {
    series.enumerated().map { index, line -> Markup in
      let y = top + 18 * Double(index) + 6
      let hue = Markup(trusted: "h\(index % 6)")
      return """
        <path class="curve \(hue)" d="M10 \(at: y)H44"/>\
        <text class="label small" x="52" y="\(at: y + 4)">\(shortened(line.name, to: 42))</text>
        """
    }.joined()
  }
}
