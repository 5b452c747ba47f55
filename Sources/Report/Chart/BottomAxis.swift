extension Scale {
  /// The axis below horizontal bars: a line and a label a tick, and its title.
  func bottomAxis(from top: Double, to bottom: Double, title: String) -> Markup {
    var result: Markup = ""
    for tick in ticks {
      result += """
        <path class="grid" d="M\(at: self(tick)) \(at: top)V\(at: bottom)"/>\
        <text class="tick" x="\(at: self(tick))" y="\(at: bottom + 15)" text-anchor="middle">\
        \(label(tick))</text>
        """
    }
    return result + """
      <text class="axis" x="\(at: (pixels.0 + pixels.1) / 2)" y="\(at: bottom + 32)" \
      text-anchor="middle">\(title)</text>
      """
  }
}
