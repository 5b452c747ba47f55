import Evaluation
import Foundation
import FoundationXML
import Report
import Testing

@Suite struct StudyReportTests {
  /// The page of the example, made once.
  private static let page = Result { StudyReport(try ExampleStudy().input()).html() }
  let html: String

  init() throws {
    html = try StudyReportTests.page.get()
  }

  @Test func firstScreenStandsInOrder() {
    let titles = [
      "Cohort", "Answer", "Could it have been seen?", "Trust", "Assays", "Use", "Repeat",
    ]
    #expect(ReportSections.firstScreen.map(\.title) == titles)
    var rest = Substring(html)
    for title in titles {
      guard let place = rest.range(of: "-title\">\(title)</h2>") else {
        Issue.record("no section \(title), or not in its place")
        return
      }
      rest = rest[place.upperBound...]
    }
    #expect(rest.contains("<nav"))
  }

  @Test func sectionIdentifiersAreUnique() {
    let sections = ReportSections.firstScreen + ReportSections.below
    #expect(Set(sections.map(\.id)).count == sections.count)
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
  }

  @Test func everyDetailSectionAppears() {
    for section in ReportSections.below {
      #expect(html.contains("<section class=\"below\" id=\"\(section.id)\""))
    }
  }

  @Test func everyChartHasItsTableAndItsFiles() {
    let figures = html.components(separatedBy: "<figure ").dropFirst()
    #expect(figures.count >= 10)
    for figure in figures {
      let content = figure.components(separatedBy: "</figure>")[0]
      #expect(content.contains("<svg"))
      #expect(content.contains("<details><summary>Numbers</summary>"))
      #expect(content.contains("<tbody>\n<tr"))
      #expect(content.contains("href=\"data:text/csv;charset=utf-8;base64,"))
      #expect(content.contains("href=\"data:image/svg+xml;base64,"))
    }
    // No chart outside of a figure, but for the marks of legends.
    let charts = html.components(separatedBy: "role=\"img\"").count - 1
    let inFigures = figures.map {
      $0.components(separatedBy: "</figure>")[0].components(separatedBy: "role=\"img\"").count - 1
    }
    #expect(charts == inFigures.reduce(0, +))
  }

  @Test func pageAndDownloadedChartsAreWellFormed() throws {
    let body = try #require(html.range(of: "<main>"))
    let end = try #require(html.range(of: "</main>"))
    #expect(isWellFormed(String(html[body.lowerBound..<end.upperBound])))
    let links = html.matches(of: /data:image\/svg\+xml;base64,([^"]+)"/)
    #expect(!links.isEmpty)
    for link in links {
      let data = try #require(Data(base64Encoded: String(link.1)))
      let text = String(decoding: data, as: UTF8.self)
      #expect(isWellFormed(text))
      #expect(!text.contains("var("))
    }
  }

  @Test func downloadedTablesAreRectangular() throws {
    let links = html.matches(of: /data:text\/csv;charset=utf-8;base64,([^"]+)"/)
    for link in links {
      let data = try #require(Data(base64Encoded: String(link.1)))
      let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
      #expect(lines.count > 1)
      let commas = lines[0].count { $0 == "," }
      #expect(lines.allSatisfy { $0.contains("\"") || $0.count { $0 == "," } == commas })
    }
  }

  @Test func needsNoNetworkAndNoScript() {
    let addresses = html.matches(of: /https?:\/\/[^"<\s]+/).map { String($0.0) }
    #expect(Set(addresses) == ["http://www.w3.org/2000/svg"])
    #expect(!html.contains("<script"))
    #expect(!html.contains("@import"))
    #expect(!html.contains("url("))
  }

  @Test func equalInputsGiveEqualBytes() throws {
    let again = StudyReport(try ExampleStudy().input()).html()
    #expect(again == html)
    if let path = ProcessInfo.processInfo.environment["EQUIPOISE_REPORT_PREVIEW"] {
      try html.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }

  @Test func nullResultIsSaidInPlainWords() throws {
    let answer = try section("answer", of: html)
    #expect(answer.contains("is not distinguishable from zero"))
    #expect(!answer.contains("scored higher"))
    #expect(try section("detectable", of: html).contains("80 % power"))
  }

  @Test func clearGainIsSaidToo() throws {
    var study = ExampleStudy()
    study.primaryShift = 0.12
    let answer = try section("answer", of: StudyReport(try study.input()).html())
    #expect(answer.contains("equipoise scored higher than logistic-balanced:late-learned."))
    let lead = answer.components(separatedBy: "</p>")[0]
    #expect(!lead.contains("is not distinguishable from zero"))
  }

  @Test func withoutAnythingLearnedThereIsNoWinner() throws {
    var input = try ExampleStudy().input()
    for method in input.summary.methods.indices {
      input.summary.methods[method].pAboveGuessing = method == 3 ? 0.06 : 1
    }
    let answer = try section("answer", of: StudyReport(input).html())
    #expect(
      answer.contains("Nothing was learned: no method is distinguishable from guessing subtype"))
    #expect(answer.contains("macro-F1 of up to 0.250") && answer.contains("p = 0.060"))
    #expect(
      !answer.contains("Best single assay") && !answer.contains("with logistic-balanced:mrna"))
    input.summary.methods[3].pAboveGuessing = 0.04
    let learned = try section("answer", of: StudyReport(input).html())
    #expect(learned.contains("Best single assay") && !learned.contains("Nothing was learned"))
  }

  @Test func hostileNamesStayText() throws {
    var study = ExampleStudy()
    let evil = "</title><script>alert(1)</script>\"'&\u{1}"
    study.cohortName = evil
    study.classes[0] = "<img src=x onerror=alert(2)>"
    study.modalities[2] = "a\"><svg/onload=alert(3)>"
    var input = try study.input()
    input.summary.cohort.title = evil
    input.summary.warnings[0].message = evil
    input.summary.notes.append(evil)
    input.command += " --label \(evil)"
    let page = StudyReport(input).html()
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
    #expect(!page.contains("<svg/onload"))
    #expect(!page.contains("\u{1}"))
    let body = try #require(page.range(of: "<main>"))
    let end = try #require(page.range(of: "</main>"))
    #expect(isWellFormed(String(page[body.lowerBound..<end.upperBound])))
    for link in page.matches(of: /data:image\/svg\+xml;base64,([^"]+)"/) {
      let data = try #require(Data(base64Encoded: String(link.1)))
      #expect(isWellFormed(String(decoding: data, as: UTF8.self)))
    }
  }

  @Test func bareSummaryStillGivesAPage() {
    let summary = StudySummary(
      cohort: .init(name: "bare", patients: 2, labelled: 2, unlabelled: 0, classCounts: [1, 1]),
      outcome: .init(label: "label"), classes: ["a", "b"],
      design: .init(folds: 2, repeats: 1, seed: 1, version: "0"), primary: nil, methods: [],
      comparisons: [], modalities: [])
    let page = StudyReport(
      StudyReportInput(summary: summary, command: "equipoise study bare", details: [])
    ).html()
    #expect(page.contains("The contrast declared beforehand was not run."))
    #expect(!page.contains("nan"))
    #expect(page.contains("Fewer patients than folds: a and b."))
  }

  @Test func transductiveStudyIsMarked() throws {
    var study = ExampleStudy()
    study.transductive = true
    let page = StudyReport(try study.input()).html()
    #expect(try section("trust", of: page).contains("Transductive:"))
    #expect(try section("fitted", of: page).contains("never labels) of the tested patients"))
    #expect(try !section("trust", of: html).contains("Transductive"))
  }

  private func section(_ id: String, of page: String) throws -> String {
    let start = try #require(page.range(of: " id=\"\(id)\""))
    let rest = page[start.upperBound...]
    return rest.components(separatedBy: "</section>")[0]
  }

  private func isWellFormed(_ text: String) -> Bool {
    XMLParser(data: Data(text.utf8)).parse()
  }
}
