import Evaluation
import Foundation
import Testing

@Suite struct StudySummaryTests {
  @Test func contractKeysAreAllThere() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: summary.json()) as? [String: Any])
    let keys: Set = [
      "format", "cohort", "outcome", "classes", "design", "primary", "methods", "comparisons",
      "modalities", "distillation", "transductive", "warnings", "checks", "notes",
    ]
    #expect(Set(object.keys) == keys)
    try expectKeys(
      ["name", "metrics", "pooled_macro_f1", "p_above_guessing", "by_group"], of: "methods",
      in: object)
    try expectKeys(
      [
        "a", "b", "metric", "difference", "standard_error", "p", "p_holm", "ci95", "primary",
        "bootstrap_ci95", "detectable", "identical",
      ], of: "comparisons", in: object)
    try expectKeys(
      [
        "name", "n_features", "n_measured", "n_measured_labelled", "informativeness",
        "informativeness_range", "unique", "unique_interval", "weight_trajectory_summary",
      ], of: "modalities", in: object)
    try expectKeys(
      [
        "method", "teacher", "student", "gate", "decision", "decisions", "mi_teacher_student",
        "mi_student_label", "interval", "expected_gain", "reason",
      ], of: "distillation", in: object)
  }

  @Test func absentValuesAreNull() throws {
    let text = String(decoding: try summary.json(), as: UTF8.self)
    #expect(text.contains("\"folds_file\" : null"))
    #expect(text.contains("\"bootstrap_ci95\" : null"))
    #expect(text.contains("\"informativeness\" : null"))
  }

  @Test func bytesAreStableAndReadBack() throws {
    let bytes = try summary.json()
    #expect(try summary.json() == bytes)
    let again = try StudySummary(json: bytes)
    #expect(again == summary)
    #expect(try again.json() == bytes)
    #expect(bytes.last == 0x0A)
  }

  @Test func numbersStandInShortestForm() throws {
    let text = String(decoding: try summary.json(), as: UTF8.self)
    #expect(text.contains("\"mean\" : 0.1,") || text.contains("\"mean\" : 0.1\n"))
    #expect(text.contains("0.30000000000000004"))
  }

  @Test func unknownAndAbsentKeysAreAllowed() throws {
    let text = String(decoding: try summary.json(), as: UTF8.self)
      .replacing("\"folds_file\" : null,", with: "\"later\" : [1],")
    #expect(try StudySummary(json: Data(text.utf8)) == summary)
  }

  @Test func valuesThatAreNotFiniteCountAsUndefined() {
    let spread = StudySummary.MetricSpread(mean: .nan, sd: .infinity, ci95: .init(.nan, 1))
    #expect(spread == StudySummary.MetricSpread(mean: nil, sd: nil, ci95: nil))
  }

  @Test func trajectoriesCoverFitsOfUnequalLength() {
    let trajectory = StudySummary.WeightTrajectory(
      method: "m", fits: [[1, 2], [3], []], emphases: [1, 2])
    #expect(trajectory.mean == [2, 2])
    #expect(trajectory.low == [1, 2])
    #expect(trajectory.high == [3, 2])
    #expect(trajectory.emphasis == 1.5)
  }

  @Test func claimsNeedEveryInterval() {
    #expect(claims(.init(0.05, 0.15), .init(0.01, 0.2)) == true)
    #expect(claims(.init(0.05, 0.15), nil) == true)
    #expect(claims(.init(0.05, 0.15), .init(-0.01, 0.2)) == false)
    #expect(claims(.init(-0.05, 0.25), nil) == false)
    #expect(claims(.init(0.05, 0.15), nil, pHolm: 0.06) == false)
    #expect(claims(nil, nil) == false)
  }

  private func claims(
    _ ci95: StudySummary.Bounds?, _ bootstrap: StudySummary.Bounds?, pHolm: Double = 0.01
  ) -> Bool {
    let comparison = StudySummary.PairedComparison(
      a: "a", b: "b", difference: 0.1, standardError: 0.01, p: 0.001, pHolm: pHolm, ci95: ci95,
      bootstrapCI95: bootstrap)
    return comparison.showsDifference
  }

  private func expectKeys(
    _ keys: Set<String>, of list: String, in object: [String: Any]
  ) throws {
    let items = try #require(object[list] as? [[String: Any]])
    #expect(Set(try #require(items.first).keys) == keys)
  }

  private var summary: StudySummary {
    StudySummary(
      cohort: .init(name: "c", patients: 3, labelled: 2, unlabelled: 1, classCounts: [1, 1]),
      outcome: .init(label: "label"), classes: ["a", "b"],
      design: .init(folds: 2, repeats: 1, seed: 1, version: "0"),
      primary: .init(a: "x", b: "y"),
      methods: [
        .init(
          name: "x",
          metrics: [
            "macro_f1": .init(mean: 0.1, sd: 0.1 + 0.2, ci95: .init(0, 1)),
            "auroc": .init(mean: nil, sd: nil, ci95: nil),
          ])
      ],
      comparisons: [
        .init(
          a: "x", b: "y", difference: 0.1, standardError: 0.2, p: 0.5, pHolm: 0.5,
          ci95: .init(-1, 1), primary: true)
      ],
      modalities: [.init(name: "m", featureCount: 3, measuredCount: 2)],
      distillation: [
        .init(
          teacher: "m", student: "n", gate: 0.5, decision: "uncertain", teacherStudentNats: 0.1,
          studentLabelNats: 0.2, interval: nil)
      ])
  }
}
