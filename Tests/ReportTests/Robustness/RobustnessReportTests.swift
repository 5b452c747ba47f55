import Evaluation
import Foundation
import FoundationXML
import Report
import Testing

@Suite struct RobustnessReportTests {
  private let html = ExampleRobustness().page()

  private func section(_ id: String, of page: String) throws -> String {
    let start = try #require(page.range(of: " id=\"\(id)\""))
    return page[start.upperBound...].components(separatedBy: "</section>")[0]
  }

  private func isWellFormed(_ text: String) -> Bool {
    XMLParser(data: Data(text.utf8)).parse()
  }

  private func body(_ page: String) throws -> String {
    let start = try #require(page.range(of: "<main>"))
    let end = try #require(page.range(of: "</main>"))
    return String(page[start.lowerBound..<end.upperBound])
  }

  @Test func everySectionAppearsOnce() {
    let sections = RobustnessSections.firstScreen + RobustnessSections.below
    #expect(Set(sections.map(\.id)).count == sections.count)
    for section in sections {
      #expect(html.components(separatedBy: " id=\"\(section.id)\"").count == 2, "\(section.id)")
    }
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
  }

  @Test func pageAndChartsAreWellFormedAndStandAlone() throws {
    #expect(isWellFormed(try body(html)))
    let links = html.matches(of: /data:image\/svg\+xml;base64,([^"]+)"/)
    #expect(links.count >= 3)
    for link in links {
      let data = try #require(Data(base64Encoded: String(link.1)))
      #expect(isWellFormed(String(decoding: data, as: UTF8.self)))
    }
    #expect(!html.contains("<script"))
    let addresses = html.matches(of: /https?:\/\/[^"<\s]+/).map { String($0.0) }
    #expect(Set(addresses) == ["http://www.w3.org/2000/svg"])
    #expect(ExampleRobustness().page() == html)
  }

  @Test func answerSaysWhatHoldsAfterCorrection() throws {
    let answer = try section("answer", of: html)
    #expect(
      answer.contains(
        "equipoise scored higher than logistic-balanced:late-learned in 1 of 3 settings, after "
          + "correction for the number of settings; in the other 2 the difference is not "
          + "distinguishable from zero."))
    #expect(answer.contains("Not so after correction for the number of settings (Holm p = 0.060)"))
    #expect(answer.contains("one split alone"))
  }

  @Test func intervalsNameWhatTheyRunOver() throws {
    let answer = try section("answer", of: html)
    #expect(answer.contains("95 % interval over draws +0.030 to +0.070, by patients +0.028"))
    let design = try section("design", of: html)
    #expect(design.contains("30 times"))
    #expect(design.contains("same 50 patients"))
    #expect(design.contains("topped up to 2 patients of each class"))
    #expect(design.contains("<b>0.028</b>"))
  }

  @Test func nothingIsClaimedAgainstAnInterval() throws {
    var example = ExampleRobustness()
    example.patientsDoubt = true
    let page = example.page()
    let answer = try section("answer", of: page)
    #expect(answer.contains("In none of 3 settings is the gain"))
    #expect(!answer.contains("scored higher"))
    #expect(answer.contains("interval over draws excludes zero, but the one over patients"))
  }

  @Test func settingsInWhichNothingWasLearnedHaveNoWinner() throws {
    var summary = ExampleRobustness().summary()
    func page() -> String {
      RobustnessReport(RobustnessReportInput(summary: summary, command: "x")).html()
    }
    for method in summary.settings[0].methods.indices {
      summary.settings[0].methods[method].pAboveGuessing = 0.3
    }
    let one = try section("answer", of: page())
    #expect(one.contains("nothing was learned: no method is distinguishable from guessing."))
    #expect(one.contains("In 1 of 4 settings no method is distinguishable from guessing."))
    #expect(!one.contains("scored higher than logistic-balanced:late-learned in 1"))
    for setting in summary.settings.indices {
      for method in summary.settings[setting].methods.indices {
        summary.settings[setting].methods[method].pAboveGuessing = 1
      }
    }
    let all = try section("answer", of: page())
    #expect(all.contains("In none of 4 settings was anything learned"))
    #expect(!all.contains("scored"))
  }

  @Test func lossesAreToldWithTheirIntervals() throws {
    let settings = try section("settings", of: html)
    #expect(
      settings.contains("equipoise lost against full: −0.100 (95 % interval −0.140 to −0.060)"))
    #expect(try section("changes", of: html).contains("lost"))
  }

  @Test func areasStandAgainstJointAndTheBestSingleAssay() throws {
    let curves = try section("curves", of: html)
    #expect(curves.contains("<b>Area, equipoise minus joint</b>"))
    #expect(curves.contains("logistic-balanced:protein</b>, the best single assay"))
    #expect(curves.contains("labelled training patients"))
  }

  @Test func hostileNamesStayText() throws {
    var example = ExampleRobustness()
    let evil = "</title><script>alert(1)</script>\"'&\u{1}"
    example.cohortName = evil
    example.classes[0] = "<img src=x onerror=alert(2)>"
    example.methods[2] = "a\"><svg/onload=alert(3)>"
    let page = example.page(command: evil)
    for text in ["<script", "<img", "<svg/onload", "\u{1}"] { #expect(!page.contains(text)) }
    #expect(isWellFormed(try body(page)))
  }

  @Test func bareSummaryStillGivesAPage() throws {
    var summary = ExampleRobustness().summary()
    summary.settings = []
    summary.curves = []
    summary.primary = nil
    let page = RobustnessReport(RobustnessReportInput(summary: summary, command: "x")).html()
    #expect(page.contains("The contrast declared beforehand was not run."))
    #expect(isWellFormed(try body(page)))
  }

  @Test func summarySurvivesItsFile() throws {
    let summary = ExampleRobustness().summary()
    #expect(try RobustnessSummary(json: summary.json()) == summary)
  }
}
