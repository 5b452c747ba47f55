/// Two methods in each fold, joined by a line: how far one test fold differs from the next.
package struct PairedDots: Sendable {
  /// Both methods in one fold.
  package struct Pair: Sendable {
    /// Repeat, from 0.
    package var repeatIndex: Int
    /// First method's value.
    package var a: Double
    /// Second method's value.
    package var b: Double

    /// A pair.
    package init(repeatIndex: Int, a: Double, b: Double) {
      self.repeatIndex = repeatIndex
      self.a = a
      self.b = b
    }
  }

  /// What the picture shows.
  package var title: String
  /// Pairs by repeat, then fold.
  package var pairs: [Pair]
  /// Title of the vertical axis.
  package var axis: String

  /// A plot of pairs.
  package init(title: String, pairs: [Pair], axis: String) {
    self.title = title
    self.pairs = pairs
    self.axis = axis
  }

  /// For wide screens and paper.
  package func wide() -> Drawing { draw(width: 740) }

  /// For narrow screens.
  package func compact() -> Drawing { draw(width: 340) }

  private func draw(width: Int) -> Drawing {
    let (left, right) = (52.0, Double(width) - 8)
    let y = Scale(covering: pairs.flatMap { [$0.a, $0.b] }, pixels: (196, 14), count: 5)
    let step = (right - left) / Double(max(1, pairs.count))
    let size = max(1.8, min(4.5, step * 0.32))
    var body: Markup = ""
    for tick in y.ticks {
      body += """
        <path class="grid" d="M\(at: left) \(at: y(tick))H\(at: right)"/>\
        <text class="tick" x="\(at: left - 7)" y="\(at: y(tick) + 4)" \
        text-anchor="end">\(y.label(tick))</text>
        """
    }
    body += """
      <text class="axis" transform="translate(11 105) rotate(-90)" text-anchor="middle">\
      \(axis)</text>
      """
    for (index, pair) in pairs.enumerated() {
      let x = left + (Double(index) + 0.5) * step
      if index > 0, pairs[index - 1].repeatIndex != pair.repeatIndex {
        body += "<path class=\"zero\" d=\"M\(at: x - step / 2) 14V196\"/>"
      }
      body += """
        <path class="joint" d="M\(at: x) \(at: y(pair.a))V\(at: y(pair.b))"/>\
        \(Mark.second.svg(x, y(pair.b), size: size))\(Mark.first.svg(x, y(pair.a), size: size))
        """
    }
    body += """
      <text class="axis" x="\(at: (left + right) / 2)" y="216" text-anchor="middle">\
      folds, by repeat</text>
      """
    return Drawing(width: width, height: 224, title: title, body: body)
  }
}
