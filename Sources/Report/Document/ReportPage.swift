/// A page of the program: a first screen in words, links, and what stands below, in one HTML file
/// that needs no network, no script and no other file.
package struct ReportPage: Sendable {
  /// A part of the page with its content.
  package struct Part: Sendable {
    /// Identifier within the page, in kebab case.
    package let id: String
    /// Heading.
    package let title: String
    /// Content.
    package let body: Markup
  }

  /// Title of the window.
  package var title: String
  /// Heading of the page.
  package var heading: String
  /// What kind of page it is, above the heading.
  package var kind: String
  /// Version of the program.
  package var version: String
  /// Parts of the first screen.
  package var firstScreen: [Part]
  /// What stands below it.
  package var below: [Part]

  /// A page from its parts.
  package init(
    title: String, heading: String, kind: String, version: String, firstScreen: [Part],
    below: [Part]
  ) {
    self.title = title
    self.heading = heading
    self.kind = kind
    self.version = version
    self.firstScreen = firstScreen
    self.below = below
  }

  /// The page, UTF-8.
  package func html() -> String {
    let links = below.map { "<a href=\"#\($0.id)\">\($0.title)</a>" as Markup }
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="Equipoise \(version)">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <title>\(title)</title>
      <style>
      \(Markup(trusted: Stylesheet.page))</style>
      </head>
      <body>
      <main>
      <header>
      <p class="kind">\(kind)</p>
      <h1>\(heading)</h1>
      </header>
      \(firstScreen.map(first).joined())
      <nav aria-label="Below">\(links.joined(separator: " "))</nav>
      \(below.map(section))
      <footer>Made by Equipoise \(version). Speaks of association, never of cause.\
      </footer>
      </main>
      </body>
      </html>

      """
    return page.text
  }

  private func first(_ part: Part) -> Markup {
    """
    <section class="first" id="\(part.id)" aria-labelledby="\(part.id)-title">
    <h2 id="\(part.id)-title">\(part.title)</h2>
    <div>
    \(part.body)</div>
    </section>

    """
  }

  private func section(_ part: Part) -> Markup {
    """
    <section class="below" id="\(part.id)" aria-labelledby="\(part.id)-title">
    <h2 id="\(part.id)-title">\(part.title)</h2>
    \(part.body)</section>

    """
  }
}
