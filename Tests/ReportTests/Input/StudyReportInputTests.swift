import Evaluation
import Report
import Testing

@Suite struct StudyReportInputTests {
  private let summary = StudySummary(
    cohort: .init(name: "c", patients: 4, labelled: 4, unlabelled: 0, classCounts: [2, 2]),
    outcome: .init(label: "label"), classes: ["a", "b,c"],
    design: .init(folds: 2, repeats: 1, seed: 1, version: "0"), primary: nil,
    methods: [.init(name: "m", metrics: [:])], comparisons: [], modalities: [])
  private let results = """
    method,repeat,fold,n_train,n_test,metric,value
    m,0,1,2,2,macro_f1,
    m,0,0,2,2,macro_f1,0.25
    m,0,0,2,2,accuracy,0.5

    """
  private let predictions = """
    sample,method,repeat,fold,truth,predicted,p_a,"p_b,c"
    s1,m,0,0,a,a,0.875,0.125
    s2,m,0,0,"b,c",a,0.875,0.125
    s3,m,0,1,"b,c","b,c",0.5,0.5
    s4,m,1,1,a,"b,c",0,1

    """

  @Test func filesGiveDetails() throws {
    let input = try StudyReportInput(
      summary: summary, results: results, predictions: predictions, command: "x")
    let detail = try #require(input.detail(named: "m"))
    #expect(detail.folds.map(\.macroF1) == [0.25, nil])
    #expect(detail.folds.map(\.fold) == [0, 1])
    #expect(detail.confusions.map(\.counts) == [[1, 0, 1, 1], [0, 1, 0, 0]])
    #expect(
      detail.calibration == [
        .init(lower: 0.4, upper: 0.5, count: 1, confidence: 0.5, accuracy: 1),
        .init(lower: 0.8, upper: 0.9, count: 2, confidence: 0.875, accuracy: 0.5),
        .init(lower: 0.9, upper: 1, count: 1, confidence: 1, accuracy: 0),
      ])
  }

  @Test func windowsLineEndsAreRead() throws {
    let input = try StudyReportInput(
      summary: summary, results: results.replacing("\n", with: "\r\n"),
      predictions: predictions.replacing("\n", with: "\r\n"), command: "x")
    #expect(input.details[0].confusions.count == 2)
  }

  @Test(arguments: [
    ("", "results.csv, line 1"),
    ("method,repeat\n", "results.csv, line 1"),
    ("method,repeat,fold,n_train,n_test,metric,value\nm,0\n", "results.csv, line 2"),
    (
      "method,repeat,fold,n_train,n_test,metric,value\nm,0,x,2,2,macro_f1,0.5\n",
      "results.csv, line 2"
    ),
    (
      "method,repeat,fold,n_train,n_test,metric,value\nm,0,0,2,2,macro_f1,high\n",
      "results.csv, line 2"
    ),
  ])
  func brokenResultsAreRefused(text: String, location: String) {
    let error = #expect(throws: ReportError.self) {
      _ = try StudyReportInput(
        summary: summary, results: text, predictions: predictions, command: "x")
    }
    #expect(error?.code == .malformedTable)
    #expect(error?.location == location)
  }

  @Test(arguments: [
    ("a,a,0.875", "zebra,a,0.875"), ("a,a,0.875", "a,a,1.5"), ("a,a,0.875", "a,a,"),
    ("s1,m,0", "s1,m,first"), ("p_a", "q_a"),
  ])
  func brokenPredictionsAreRefused(found: String, replacement: String) {
    let text = predictions.replacing(found, with: replacement, maxReplacements: 1)
    #expect(throws: ReportError.self) {
      _ = try StudyReportInput(
        summary: summary, results: results, predictions: text, command: "x")
    }
  }
}
