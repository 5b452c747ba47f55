/// A chart with its table and its files: the only way a chart enters the report.
package struct Figure: Sendable {
  /// Identifier within the page, also the name of its files.
  package let id: String
  /// What is shown, in one sentence.
  package let caption: Markup
  /// The drawing for wide screens and paper.
  package let chart: Drawing
  /// The drawing for narrow screens, where the wide one would be too small to read.
  package let compact: Drawing?
  /// The numbers behind it.
  package let table: Table

  /// A figure from its parts.
  package init(
    id: String, caption: Markup, chart: Drawing, compact: Drawing? = nil, table: Table
  ) {
    self.id = id
    self.caption = caption
    self.chart = chart
    self.compact = compact
    self.table = table
  }

  /// The figure with its table, folded, and its links.
  package var html: Markup {
    var drawings: Markup = ""
    if let compact {
      drawings += "<div class=\"wide\">\(chart.inline(id: id))</div>"
      drawings += "<div class=\"narrow\">\(compact.inline(id: id + "-compact"))</div>"
    } else {
      drawings += chart.inline(id: id)
    }
    let csv = Download(name: "\(id).csv", type: "text/csv;charset=utf-8", content: table.csv)
    let svg = Download(
      name: "\(id).svg", type: "image/svg+xml", content: chart.standalone(id: id))
    return """
      <figure id="figure-\(id)" style="max-width:\(max(chart.width, 340))px">
      <figcaption>\(caption)</figcaption>
      <div class="chart">\(drawings)</div>
      <details><summary>Numbers</summary>
      \(table.html)</details>
      <p class="links">Download \(csv.link) \(svg.link)</p>
      </figure>

      """
  }
}
