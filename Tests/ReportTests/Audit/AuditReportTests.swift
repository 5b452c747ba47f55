import Evaluation
import Foundation
import FoundationXML
import Report
import Testing

@Suite struct AuditReportTests {
  private let html = AuditReport(ExampleAudit().input()).html()

  @Test func firstScreenStandsInOrder() throws {
    let titles = [
      "Cohort", "Answer", "Could it have been seen?", "Trust", "Assays", "Use", "Repeat",
    ]
    var rest = Substring(html)
    for title in titles {
      let place = try #require(rest.range(of: "-title\">\(title)</h2>"), "\(title)")
      rest = rest[place.upperBound...]
    }
    #expect(rest.contains("<nav"))
  }

  @Test func everySectionAppearsOnce() {
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for id in ["pairs", "distillation", "clinical", "neighbors", "limits", "notes"] {
      #expect(html.contains("<section class=\"below\" id=\"\(id)\""), "\(id)")
    }
  }

  @Test func everyChartHasItsTableAndItsFiles() throws {
    let figures = html.components(separatedBy: "<figure ").dropFirst()
    #expect(figures.count == 4)
    for figure in figures {
      let content = figure.components(separatedBy: "</figure>")[0]
      #expect(content.contains("<svg"))
      #expect(content.contains("<tbody>\n<tr"))
      #expect(content.contains("href=\"data:text/csv;charset=utf-8;base64,"))
    }
    for link in html.matches(of: /data:image\/svg\+xml;base64,([^"]+)"/) {
      let data = try #require(Data(base64Encoded: String(link.1)))
      #expect(XMLParser(data: data).parse())
    }
    for link in html.matches(of: /data:text\/csv;charset=utf-8;base64,([^"]+)"/) {
      let data = try #require(Data(base64Encoded: String(link.1)))
      let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
      let commas = lines[0].count { $0 == "," }
      #expect(lines.count > 1 && lines.allSatisfy { $0.count { $0 == "," } == commas })
    }
  }

  @Test func pageIsWellFormedAndNeedsNothingElse() throws {
    #expect(isWellFormed(html))
    let addresses = html.matches(of: /https?:\/\/[^"<\s]+/).map { String($0.0) }
    #expect(Set(addresses) == ["http://www.w3.org/2000/svg"])
    #expect(!html.contains("<script") && !html.contains("url(") && !html.contains("nan"))
  }

  @Test func equalInputsGiveEqualBytes() throws {
    #expect(AuditReport(ExampleAudit().input()).html() == html)
    if let path = ProcessInfo.processInfo.environment["EQUIPOISE_REPORT_PREVIEW"] {
      try html.write(toFile: path + ".audit.html", atomically: true, encoding: .utf8)
    }
  }

  @Test func answerIsTheSummarysOwn() throws {
    let answer = try section("answer", of: html)
    #expect(
      answer.contains(
        "Of subtype, mrna and protein each add what the others do not tell; methylation adds nothing "
          + "that is distinguishable from zero."))
    #expect(answer.contains("An addition below 0.031 nats would often have gone unseen."))
    #expect(try section("trust", of: html).contains("Only 76 labelled patients"))
    // Decisions are words, not colours.
    #expect(try section("distillation", of: html).contains("distil, g 1.00"))
    #expect(try section("pairs", of: html).contains("synergy outweighs redundancy"))
  }

  @Test func withoutWarningsAndClinicalColumns() throws {
    var audit = ExampleAudit()
    audit.hasClinical = false
    audit.warnings = []
    let page = AuditReport(audit.input()).html()
    #expect(try section("trust", of: page).contains("No warnings."))
    #expect(!page.contains("id=\"clinical\""))
  }

  @Test func bareSummaryStillGivesAPage() {
    let summary = AuditSummary(
      cohort: .init(name: "bare", patients: 9, labelled: 9, unlabelled: 0, classCounts: [4, 5]),
      outcome: .init(label: "label"), classes: ["a", "b"],
      design: .init(
        folds: 2, repeats: 1, innerFolds: 2, permutations: 9, signFlips: 9, seed: 1, gate: "auto",
        version: "0"),
      labelEntropy: 0.69,
      modalities: [
        .init(
          name: "few", featureCount: 1, measuredCount: 3, measuredLabelled: 3, insufficient: true,
          information: .unknown(n: 3))
      ], together: .unknown(n: 0))
    let page = AuditReport(
      AuditReportInput(summary: summary.withFindings(), command: "equipoise audit bare")
    ).html()
    #expect(page.contains("No assay can be judged."))
    #expect(isWellFormed(page))
    #expect(!page.contains("nan"))
  }

  @Test func hostileNamesStayText() {
    var audit = ExampleAudit()
    audit.cohortName = "</title><script>alert(1)</script>\"'&\u{1}"
    audit.modalities = ["a\"><svg/onload=alert(3)>", "<img src=x>", "c&d"]
    let page = AuditReport(audit.input()).html()
    #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("<svg/onload"))
    #expect(!page.contains("\u{1}"))
    #expect(isWellFormed(page))
  }

  private func section(_ id: String, of page: String) throws -> String {
    let start = try #require(page.range(of: " id=\"\(id)\""))
    return page[start.upperBound...].components(separatedBy: "</section>")[0]
  }

  private func isWellFormed(_ page: String) -> Bool {
    guard let start = page.range(of: "<main>"), let end = page.range(of: "</main>") else {
      return false
    }
    let body = String(page[start.lowerBound..<end.upperBound])
    return XMLParser(data: Data(body.utf8)).parse()
  }
}
