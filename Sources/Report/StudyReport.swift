import Evaluation

/// The report of a study: one HTML file that needs no network, no script and no other file.
///
/// Equal inputs give equal bytes. The first screen answers in words; below it stand the numbers,
/// every chart beside its table and its files.
public struct StudyReport: Sendable {
  private let context: ReportContext

  /// A report of a study.
  public init(_ input: StudyReportInput) {
    context = ReportContext(input)
  }

  /// The page, UTF-8.
  ///
  /// - Complexity: linear in the size of the input.
  public func html() -> String {
    let summary = context.summary
    let name = summary.cohort.title ?? summary.cohort.name
    let sections = ReportSections.below.compactMap { section in
      section.body(context).map { (section: section, body: $0) }
    }
    let links = sections.map { "<a href=\"#\($0.section.id)\">\($0.section.title)</a>" as Markup }
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="Equipoise \(summary.design.version)">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <title>\(name): \(summary.outcome.label) (Equipoise)</title>
      <style>
      \(Markup(trusted: Stylesheet.page))</style>
      </head>
      <body>
      <main>
      <header>
      <p class="kind">Study of \(Numbers.count(summary.methods.count, "method")), cross-validated</p>
      <h1>\(name)</h1>
      </header>
      \(firstScreen)
      <nav aria-label="Below">\(links.joined(separator: " "))</nav>
      \(sections.map { below($0.section, $0.body) })
      <footer>Made by Equipoise \(summary.design.version). Speaks of association, never of cause.\
      </footer>
      </main>
      </body>
      </html>

      """
    return page.text
  }

  private var firstScreen: Markup {
    ReportSections.firstScreen.compactMap { section -> Markup? in
      guard let body = section.body(context) else { return nil }
      return """
        <section class="first" id="\(section.id)" aria-labelledby="\(section.id)-title">
        <h2 id="\(section.id)-title">\(section.title)</h2>
        <div>
        \(body)</div>
        </section>

        """
    }.joined()
  }

  private func below(_ section: any ReportSection, _ body: Markup) -> Markup {
    """
    <section class="below" id="\(section.id)" aria-labelledby="\(section.id)-title">
    <h2 id="\(section.id)-title">\(section.title)</h2>
    \(body)</section>

    """
  }
}
