/// A finished SVG picture. Colours come from classes, so that the page's light, dark and paper styles
/// reach it; a downloaded file carries the light style itself.
package struct Drawing: Sendable {
  /// Width in pixels.
  package let width: Int
  /// Height in pixels.
  package let height: Int
  /// What it shows, for readers who do not see it.
  package let title: String
  /// Elements.
  package let body: Markup

  /// A picture from its elements.
  package init(width: Int, height: Int, title: String, body: Markup) {
    self.width = width
    self.height = height
    self.title = title
    self.body = body
  }

  /// The picture within the page.
  package func inline(id: String) -> Markup { svg(id: id, style: "") }

  /// The picture as a file of its own.
  package func standalone(id: String) -> String {
    let style = Markup(trusted: "<style>\(Stylesheet.standaloneChart)</style>")
    let sheet: Markup = "<rect class=\"sheet\" width=\"\(width)\" height=\"\(height)\"/>"
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(id: id, style: style + sheet).text
      + "\n"
  }

  private func svg(id: String, style: Markup) -> Markup {
    """
    <svg xmlns="http://www.w3.org/2000/svg" class="plot" width="\(width)" height="\(height)" \
    viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="\(id)-title">\
    <title id="\(id)-title">\(title)</title>\(style)\(body)</svg>
    """
  }
}
