/// How a point is drawn. Shape and fill tell roles apart without colour.
package enum Mark: String, Sendable {
  /// First method of the declared contrast: a filled diamond.
  case first
  /// Second method of the declared contrast: an open square.
  case second
  /// Any other: a small filled circle.
  case other

  /// The mark at a place.
  package func svg(_ x: Double, _ y: Double, size: Double = 5) -> Markup {
    switch self {
    case .first:
      let r = size * 1.25
      return """
        <path class="mark first" d="M\(at: x) \(at: y - r)L\(at: x + r) \(at: y)\
        L\(at: x) \(at: y + r)L\(at: x - r) \(at: y)Z"/>
        """
    case .second:
      return """
        <rect class="mark second" x="\(at: x - size)" y="\(at: y - size)" \
        width="\(at: 2 * size)" height="\(at: 2 * size)"/>
        """
    case .other:
      return
        "<circle class=\"mark other\" cx=\"\(at: x)\" cy=\"\(at: y)\" r=\"\(at: size * 0.7)\"/>"
    }
  }

  /// The mark as a small picture for a legend, with its name.
  package func key(_ name: String) -> Markup {
    """
    <span class="sign"><svg class="plot" width="16" height="16" viewBox="0 0 16 16" \
    aria-hidden="true" xmlns="http://www.w3.org/2000/svg">\(svg(8, 8, size: 4.5))</svg>\
    \(name)</span>
    """
  }
}

/// Text cut to a number of characters, with an ellipsis where something is left out.
package func shortened(_ text: String, to count: Int) -> String {
  text.count <= count ? text : String(text.prefix(max(1, count - 1))) + "…"
}
