/// A whole page: a first screen that answers, and below it the numbers.
package struct Page: Sendable {
  /// A titled part of a page.
  package struct Part: Sendable {
    /// Identifier within the page, in kebab case.
    package let id: String
    /// Heading.
    package let title: String
    /// Content.
    package let body: Markup
  }

  /// Title of the window.
  package let title: String
  /// Heading of the page.
  package let heading: String
  /// What kind of report it is, in one line.
  package let kind: String
  /// Version of the program.
  package let version: String
  /// Parts of the first screen.
  package let firstScreen: [Part]
  /// Parts below it.
  package let below: [Part]

  /// The page, UTF-8, with a policy that forbids scripts and other files.
  package var html: String {
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
      \(firstScreen.map(first))
      <nav aria-label="Below">\(links.joined(separator: " "))</nav>
      \(below.map(lower))
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

  private func lower(_ part: Part) -> Markup {
    """
    <section class="below" id="\(part.id)" aria-labelledby="\(part.id)-title">
    <h2 id="\(part.id)-title">\(part.title)</h2>
    \(part.body)</section>

    """
  }
}
