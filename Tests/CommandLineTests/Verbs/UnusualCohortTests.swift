import Foundation
import LinearAlgebra
import Testing

/// Cohorts at the edge of what can be studied: nothing breaks, and what is odd is told.
@Suite("Unusual cohorts")
struct UnusualCohortTests {
  /// Tables of 12 features, class means `signal` apart, without the patients that `lacks` names.
  private static func write(
    _ cohort: CohortFolder, labels: [String], tables: [(name: String, width: Int, signal: Double)],
    lacks: (_ table: String, _ label: String) -> Bool = { _, _ in false }
  ) throws {
    for name in ["mrna", "cnv"] { try cohort.remove("\(name).csv") }
    let patients = labels.indices.map { "P\($0)" }
    let lines = zip(patients, labels).map { "\($0),\($1)\n" }
    try cohort.write("sample,label\n" + lines.joined(), to: "labels.csv")
    let classes = Set(labels).sorted()
    for table in tables {
      var stream = RandomStream(seed: 4, name: table.name)
      let means = stream.normalMatrix(rows: classes.count, columns: table.width)
      var text = "sample," + (0..<table.width).map { "g\($0)" }.joined(separator: ",") + "\n"
      for (patient, label) in zip(patients, labels) {
        let row = classes.firstIndex(of: label) ?? 0
        let values = (0..<table.width).map { j in
          "\(stream.normal() + table.signal * means[row, j])"
        }
        guard !lacks(table.name, label) else { continue }
        text += "\(patient),\(values.joined(separator: ","))\n"
      }
      try cohort.write(text, to: "\(table.name).csv")
    }
  }

  private static let abc = (0..<45).map { ["A", "B", "C"][$0 % 3] }
  private static let both: [(name: String, width: Int, signal: Double)] = [
    ("first", 12, 1), ("second", 12, 0.6),
  ]

  /// Studies, audits, trains and predicts; gives what the study and the audit said.
  @discardableResult
  private func runAll(
    _ cohort: CohortFolder, alone: String = "first"
  ) throws -> (study: Program.Outcome, audit: Program.Outcome) {
    let methods =
      "majority,logistic-balanced:\(alone),logistic-balanced:late-learned,paper,equipoise"
    let study = try Program.run(
      [
        "study", cohort.path, "--methods", methods, "--folds", "3", "--repeats", "2", "--out",
        cohort.out, "--quiet",
      ], in: cohort.parent)
    #expect(study.code == 0, "\(study.errors)")
    let audit = try Program.run(
      ["audit", cohort.path, "--out", "audit", "--quiet"], in: cohort.parent)
    #expect(audit.code == 0, "\(audit.errors)")
    let train = try Program.run(
      ["train", cohort.path, "--model", "m.safetensors", "--quiet"], in: cohort.parent)
    #expect(train.code == 0, "\(train.errors)")
    let predict = try Program.run(
      ["predict", "m.safetensors", cohort.path, "--out", "-", "--quiet"], in: cohort.parent)
    #expect(predict.code == 0, "\(predict.errors)")
    let rows = predict.output.split(separator: "\n").dropFirst()
    #expect(rows.allSatisfy { !$0.contains("nan") })
    return (study, audit)
  }

  @Test("A modality with one feature, everybody labelled")
  func oneFeature() throws {
    let cohort = try CohortFolder()
    try Self.write(cohort, labels: Self.abc, tables: [("first", 1, 1.5), ("second", 12, 0.6)])
    let said = try runAll(cohort)
    #expect(!said.study.output.contains("Nothing was learned"))
    #expect(said.audit.output.contains("no patient is unlabelled"))
  }

  @Test("A single modality")
  func single() throws {
    let cohort = try CohortFolder()
    try Self.write(cohort, labels: Self.abc, tables: [("first", 12, 1)])
    #expect(try runAll(cohort).audit.output.contains("first tells something of label"))
  }

  @Test("A class of whom nobody has a modality is told by every verb")
  func classWithout() throws {
    let cohort = try CohortFolder()
    try Self.write(cohort, labels: Self.abc, tables: Self.both) { $0 == "second" && $1 == "C" }
    let warning = "o labelled patient of C has second"
    #expect(try runAll(cohort).audit.output.contains(warning))
    let inspection = try Program.run(["inspect", cohort.path], in: cohort.parent)
    #expect(inspection.output.contains(warning))
    #expect(try cohort.output("summary.json").contains("measured-by-class"))
    #expect(try cohort.output("report.html").contains(warning))
  }

  @Test("A modality measured in one class alone")
  func oneClassAlone() throws {
    let cohort = try CohortFolder()
    try Self.write(cohort, labels: Self.abc, tables: Self.both) { $0 == "second" && $1 != "C" }
    #expect(try runAll(cohort).audit.output.contains("second was measured in class C alone"))
  }

  @Test("Noise alone: nothing was learned, and nobody wins")
  func noise() throws {
    let cohort = try CohortFolder()
    try Self.write(cohort, labels: Self.abc, tables: [("first", 12, 0), ("second", 8, 0)])
    let said = try runAll(cohort)
    #expect(
      said.study.output.contains(
        "Nothing was learned: no method is distinguishable from guessing"))
    #expect(said.audit.output.contains("The assays tell nothing that is distinguishable from zero"))
    let answer = try #require(
      try cohort.output("report.html").components(separatedBy: "id=\"answer\"").dropFirst().first?
        .components(separatedBy: "</section>")[0])
    #expect(answer.contains("Nothing was learned") && !answer.contains("Best single assay"))
    let robustness = try Program.run(
      [
        "robustness", cohort.path, "--kind", "information", "--settings", "full,replace:first",
        "--methods", "majority,logistic-balanced:late-learned,equipoise", "--folds", "3",
        "--repeats", "2", "--out", "robust", "--quiet",
      ], in: cohort.parent)
    #expect(robustness.code == 0, "\(robustness.errors)")
    #expect(robustness.output.contains("replace:first: Nothing was learned"))
  }

  @Test("Classes of two patients, all of them or one")
  func pairs() throws {
    let cohort = try CohortFolder()
    try Self.write(cohort, labels: ["A", "B", "C", "A", "B", "C"], tables: Self.both)
    let said = try runAll(cohort)
    #expect(said.audit.output.contains("Class A has only 2 labelled patients"))
    #expect(try cohort.output("report.html").contains("Class A has only 2 labelled patients"))
    let rare = try CohortFolder()
    let labels = (0..<40).map { $0 < 2 ? "C" : ["A", "B"][$0 % 2] }
    try Self.write(rare, labels: labels, tables: Self.both)
    try runAll(rare)
    #expect(try rare.output("summary.json").contains("small-class"))
  }
}
