import Evaluation
import Report
import Testing

@Suite struct MarkupTests {
  @Test func interpolatedTextIsEscaped() {
    let name = "<b>&\"'\u{0}"
    let markup: Markup = "<td title=\"\(name)\">\(name)</td>"
    let escaped = "&lt;b&gt;&amp;&quot;&#39;\\u{0}"
    #expect(markup.text == "<td title=\"\(escaped)\">\(escaped)</td>")
  }

  @Test func markupWithinMarkupIsKept() {
    let inner: Markup = "<i>\("a<b")</i>"
    let outer: Markup = "<p>\(inner)\([inner, inner])</p>"
    #expect(outer.text == "<p><i>a&lt;b</i><i>a&lt;b</i><i>a&lt;b</i></p>")
  }

  @Test func coordinatesAreShort() {
    let markup: Markup = "\(at: 12) \(at: 1.0 / 3) \(at: -0.001)"
    #expect(markup.text == "12 0.33 0")
  }
}

@Suite struct NumbersTests {
  @Test func decimalsAreFixed() {
    #expect(Numbers.fixed(0.8126) == "0.813")
    #expect(Numbers.fixed(12, 0) == "12")
    #expect(Numbers.fixed(0.05, 1) == "0.1")
    #expect(Numbers.fixed(-0.25, 2) == "−0.25")
    #expect(Numbers.fixed(nil) == "–")
    #expect(Numbers.fixed(.nan) == "–")
    #expect(Numbers.fixed(.infinity) == "–")
  }

  @Test func zeroHasNoSign() {
    #expect(Numbers.fixed(-0.0001) == "0.000")
    #expect(Numbers.signed(0.0001) == "0.000")
    #expect(Numbers.signed(0.0126) == "+0.013")
    #expect(Numbers.signed(-0.0126) == "−0.013")
  }

  @Test func countsAndProbabilities() {
    #expect(Numbers.grouped(1_234_567) == "1,234,567")
    #expect(Numbers.grouped(860) == "860")
    #expect(Numbers.count(1, "fold") == "1 fold")
    #expect(Numbers.count(2, "class", plural: "classes") == "2 classes")
    #expect(Numbers.pClause(0.0004) == "p < 0.001")
    #expect(Numbers.pClause(0.0321) == "p = 0.032")
  }
}

@Suite struct TableTests {
  @Test func fileQuotesAndKeepsFullPrecision() {
    let table = Table(
      "t", columns: [.text("Name", "name"), .number("Value", "value")],
      rows: [
        [.text("a,\"b\""), .number(1.0 / 3)], [.text("=1+1"), .number(nil)],
        [.text("-0.5"), .number(-2)],
      ])
    #expect(
      table.csv == "name,value\n\"a,\"\"b\"\"\",0.3333333333333333\n'=1+1,\n-0.5,-2.0\n")
    #expect(table.html.text.contains("<td class=\"n\">0.333</td>"))
    #expect(table.html.text.contains("<th scope=\"row\">a,&quot;b&quot;</th>"))
  }
}
