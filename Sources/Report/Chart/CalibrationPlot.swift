/// Stated confidence against reached accuracy, with the diagonal of perfect calibration.
package struct CalibrationPlot: Sendable {
  /// A method's curve.
  package struct Series: Sendable {
    /// How its points are drawn; the second method's line is dashed.
    package var mark: Mark
    /// Its bins, ascending.
    package var bins: [MethodDetail.CalibrationBin]

    /// A curve.
    package init(mark: Mark, bins: [MethodDetail.CalibrationBin]) {
      self.mark = mark
      self.bins = bins
    }
  }

  /// What the picture shows.
  package var title: String
  /// Curves, the first on top.
  package var series: [Series]

  /// A plot of curves.
  package init(title: String, series: [Series]) {
    self.title = title
    self.series = series
  }

  /// The picture.
  package func drawing() -> Drawing {
    let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    let x = Scale(domain: 0...1, pixels: (46, 330), ticks: ticks, decimals: 1)
    let y = Scale(domain: 0...1, pixels: (270, 12), ticks: ticks, decimals: 1)
    var body: Markup = ""
    for tick in ticks {
      body += """
        <path class="grid" d="M\(at: x(tick)) 12V270M46 \(at: y(tick))H330"/>\
        <text class="tick" x="\(at: x(tick))" y="286" text-anchor="middle">\(x.label(tick))</text>\
        <text class="tick" x="39" y="\(at: y(tick) + 4)" text-anchor="end">\(y.label(tick))</text>
        """
    }
    body += """
      <path class="diagonal" d="M46 270L330 12"/>\
      <text class="axis" x="188" y="304" text-anchor="middle">stated confidence</text>\
      <text class="axis" transform="translate(11 141) rotate(-90)" text-anchor="middle">\
      reached accuracy</text>
      """
    for curve in series.reversed() {
      let points = curve.bins.map { (x($0.confidence), y($0.accuracy)) }
      let style = Markup(trusted: curve.mark.rawValue)
      var path: Markup = ""
      for (index, point) in points.enumerated() {
        path += "\(index == 0 ? "M" as Markup : "L")\(at: point.0) \(at: point.1)"
      }
      body += "<path class=\"line \(style)\" d=\"\(path)\"/>"
      for point in points { body += curve.mark.svg(point.0, point.1, size: 4) }
    }
    return Drawing(width: 340, height: 312, title: title, body: body)
  }
}
