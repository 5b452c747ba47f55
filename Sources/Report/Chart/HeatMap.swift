import Evaluation

/// A square of numbers, shaded by row: the confusion matrix.
package struct HeatMap: Sendable {
  /// What the picture shows.
  package var title: String
  /// Names of rows and columns.
  package var names: [String]
  /// Shares of each row, 0…1, row-major; nil where a row is empty.
  package var shares: [Double?]

  /// A heat map of C × C shares.
  package init(title: String, names: [String], shares: [Double?]) {
    precondition(shares.count == names.count * names.count, "C x C shares are needed")
    self.title = title
    self.names = names
    self.shares = shares
  }

  /// The picture; wider than a phone only above nine classes.
  package func drawing() -> Drawing {
    let count = Double(names.count)
    let left = 84.0
    let cell = max(27, min(52, (336 - left) / count))
    let isTilted = names.contains { Double($0.count) * 6.4 > cell - 2 }
    let top = isTilted ? 82.0 : 38.0
    let width = left + cell * count + (isTilted ? 40 : 4)
    let height = top + cell * count + 6
    var body: Markup = """
      <text class="axis" x="\(at: left + cell * count / 2)" y="13" \
      text-anchor="middle">predicted</text>\
      <text class="axis" x="\(at: left - 6)" y="\(at: top - 8)" text-anchor="end">true</text>
      """
    for (index, name) in names.enumerated() {
      let center = left + (Double(index) + 0.5) * cell
      let label = shortened(name, to: isTilted ? 10 : 12)
      if isTilted {
        let y = top - 7
        body += """
          <text class="label small" transform="translate(\(at: center) \(at: y)) rotate(-40)">\
          \(label)</text>
          """
      } else {
        body += """
          <text class="label small" x="\(at: center)" y="\(at: top - 8)" \
          text-anchor="middle">\(label)</text>
          """
      }
      body += """
        <text class="label small" x="\(at: left - 6)" \
        y="\(at: top + (Double(index) + 0.5) * cell + 4)" \
        text-anchor="end">\(shortened(name, to: 12))</text>
        """
    }
    for row in names.indices {
      for column in names.indices {
        body += self.cell(row, column, left: left, top: top, size: cell)
      }
    }
    return Drawing(
      width: Int(max(width, 340).rounded(.up)), height: Int(height.rounded(.up)), title: title,
      body: body)
  }

  private func cell(
    _ row: Int, _ column: Int, left: Double, top: Double, size: Double
  ) -> Markup {
    let share = shares[row * names.count + column]
    let (x, y) = (left + Double(column) * size, top + Double(row) * size)
    let style: Markup = row == column ? "cell diagonal" : "cell"
    // Shading stays light enough for the text on it, in either colour scheme.
    return """
      <rect class="\(style)" x="\(at: x + 1)" y="\(at: y + 1)" width="\(at: size - 2)" \
      height="\(at: size - 2)" fill-opacity="\(at: 0.03 + 0.42 * (share ?? 0))"/>\
      <text class="number" x="\(at: x + size / 2)" y="\(at: y + size / 2 + 4)" \
      text-anchor="middle">\(share.map { Numbers.fixed($0 * 100, 0) } ?? Numbers.undefined)</text>
      """
  }
}
