import Evaluation
import Foundation
import FoundationXML
import Report
import Testing

@Suite struct ScaleTests {
  @Test(arguments: [
    [0.81, 0.86], [-0.02, 0.05], [0, 1], [3, 3], [1e-7, 2e-7], [0, 12_345], [],
  ])
  func ticksAreRoundAndInside(values: [Double]) {
    let scale = Scale(covering: values, pixels: (0, 100))
    #expect(scale.ticks.count >= 2)
    for value in values { #expect((0...100).contains(scale(value))) }
    for tick in scale.ticks {
      #expect(scale.domain.contains(tick) || abs(scale(tick)) < 1e-6 || scale(tick) > 99.999)
    }
    #expect(
      Set(scale.ticks.map { scale.label($0) }).count == scale.ticks.count || values == [1e-7, 2e-7])
  }

  @Test func pixelsAreLinearAndKeptInside() {
    let scale = Scale(domain: 0...10, pixels: (200, 0), ticks: [0, 10], decimals: 0)
    #expect(scale(0) == 200)
    #expect(scale(2.5) == 150)
    #expect(scale(11) == 0)
    #expect(scale(-1) == 200)
  }
}

@Suite struct ChartTests {
  private let bounds = StudySummary.Bounds(0.7, 0.9)

  @Test func everyChartIsWellFormedAndTitled() {
    for drawing in drawings {
      let text = drawing.standalone(id: "x")
      #expect(XMLParser(data: Data(text.utf8)).parse())
      #expect(text.contains("<title id=\"x-title\">"))
      #expect(!text.contains("nan"))
      #expect(drawing.width > 0 && drawing.height > 0)
    }
  }

  @Test func phoneChartsFitAPhone() {
    let row = IntervalPlot.Row(label: "m", value: 0.8, bounds: bounds, note: "0.8")
    #expect(IntervalPlot(title: "t", rows: [row], axis: "a").compact().width <= 340)
    let pair = PairedDots.Pair(repeatIndex: 0, a: 0.8, b: 0.7)
    #expect(PairedDots(title: "t", pairs: [pair], axis: "a").compact().width <= 340)
    for count in 2...8 {
      let map = HeatMap(
        title: "t", names: (0..<count).map { "c\($0)" },
        shares: Array(repeating: 0.5, count: count * count))
      #expect(map.drawing().width <= 344)
    }
  }

  @Test func marksDifferInShape() {
    #expect(Mark.first.svg(5, 5).text.hasPrefix("<path"))
    #expect(Mark.second.svg(5, 5).text.hasPrefix("<rect"))
    #expect(Mark.other.svg(5, 5).text.hasPrefix("<circle"))
  }

  @Test func waterfallLeadsFromStartToSum() throws {
    let plot = StepPlot.waterfall(
      title: "t", start: ("nothing", 0.3), parts: [("a", 0.5), ("b", -0.2)], end: "all", axis: "p")
    #expect(plot.rows.map(\.label) == ["nothing", "a", "b", "all"])
    #expect(plot.rows.map(\.note) == ["0.30", "+0.50", "−0.20", "0.60"])
    #expect(plot.rows.map(\.isState) == [true, false, false, true])
    for (row, next) in zip(plot.rows.dropFirst(0), plot.rows.dropFirst().dropLast()) {
      #expect(row.to == next.from)
    }
    #expect(abs(plot.rows[3].to - 0.6) < 1e-12)
    // 0 … 0.8 over 150 … 404 pixels: b runs back from 0.8 to 0.6, open.
    let text = plot.drawing().standalone(id: "x")
    #expect(text.contains("<rect class=\"bar second\" x=\"340.5\" y=\"57\" width=\"63.5\""))
    #expect(text.components(separatedBy: "class=\"bar first\"").count == 2)
    #expect(text.components(separatedBy: "class=\"joint\"").count == 4)
  }

  private var drawings: [Drawing] {
    let intervals = IntervalPlot(
      title: "a & b",
      rows: [
        .init(label: "<m>", value: 0.8, bounds: bounds, mark: .first, note: "0.8 < 1"),
        .init(label: "n", value: nil, bounds: nil, note: "–"),
      ], axis: "x", isDifference: true, blindTo: 0.1)
    let bin = MethodDetail.CalibrationBin(
      lower: 0.7, upper: 0.8, count: 3, confidence: 0.75, accuracy: 0.7)
    let line = LinePlot.Series(name: "m&m", values: [1, 1.2], low: [1, 1], high: [1, 1.4])
    return [
      intervals.wide(), intervals.compact(),
      HeatMap(title: "h", names: ["a<", "a name that is long"], shares: [1, 0, nil, nil])
        .drawing(),
      CalibrationPlot(
        title: "c", series: [.init(mark: .first, bins: [bin]), .init(mark: .second, bins: [])]
      ).drawing(),
      LinePlot(title: "l", series: [line, line], axis: "round", level: 1).drawing(),
      StepPlot(
        title: "s", rows: [.init(label: "a<b", from: 0, to: -0.1, note: "−0.1")], axis: "adds"
      ).drawing(),
      StepPlot(title: "s", rows: [], axis: "adds").drawing(),
      LinePlot(title: "empty", series: [], axis: "round").drawing(),
      PairedDots(title: "p", pairs: [.init(repeatIndex: 0, a: 0.5, b: 0.5)], axis: "y").wide(),
      BarChart(
        title: "b", groups: ["a", "b"], series: [.first, .second],
        bars: [
          [.init(value: 0.5, span: bounds), .init(value: nil)], [.init(value: 0), .init(value: 1)],
        ],
        axis: "F1"
      ).drawing(),
    ]
  }
}
