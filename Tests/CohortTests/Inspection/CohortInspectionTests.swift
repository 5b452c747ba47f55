import Cohort
import Foundation
import LinearAlgebra
import Testing

@Suite("Inspection")
struct CohortInspectionTests {
  /// 40 patients: random values, and columns that deserve a look.
  private func suspicious() throws -> Cohort {
    var stream = RandomStreams(seed: 1).stream("inspection")
    var labels = "sample,label,site\n"
    var table = "sample,a,b,copy,rank,counts,marker,flat\n"
    var clinical = "sample,age,arm,noise\n"
    for i in 0..<40 {
      let isCase = i % 2 == 1
      let a = stream.normal()
      labels += "p\(i),\(i < 30 ? (isCase ? "case" : "control") : ""),\(isCase ? "s1" : "s2")\n"
      table += "p\(i),\(a),\(stream.normal() + (i < 30 ? 0 : 9)),\(a),\(i + 100),"
      table +=
        "\(i == 7 ? 250_000 : Int(stream.below(50))),\(isCase ? 5 + stream.uniform() : 0),3\n"
      clinical += "p\(i),\(isCase ? 70 + a : 50 + a),\(isCase ? "x" : "y"),\(stream.below(3))k\n"
    }
    // Two unlabelled patients who are the same, and one who is only measured.
    table += "q0,1,,1,1,1,1,3\nq1,1,,1,1,1,1,3\n"
    return try read(
      ["labels.csv": labels, "m.csv": table, "clinical.csv": clinical], group: "site")
  }

  @Test("shapes, gaps, duplicates and columns that deserve a look")
  func findings() throws {
    let inspection = CohortInspection(try suspicious())
    #expect(inspection.patients == 42)
    #expect(inspection.labelled == 30 && inspection.unlabelled == 12)
    #expect(inspection.classes.map(\.count) == [15, 15])
    #expect(inspection.duplicatedPatients == [["q0", "q1"]])
    #expect(inspection.joins.map(\.absentFromLabels) == [2])
    let modality = try #require(inspection.modalities.first)
    #expect(modality.features == 7 && modality.measured == 42)
    #expect(modality.missingCells == 2 && modality.featuresWithGaps == 1)
    #expect(modality.constantFeatures == 1 && modality.repeatedRows == 1)
    #expect(modality.duplicatedFeatures == [["a", "copy"]])
    #expect(modality.findings.map(\.kind) == [.rawCounts, .label])
    #expect(modality.findings.map(\.examples) == [["counts"], ["marker"]])
  }

  @Test("an identifier among the features")
  func identifier() throws {
    let rows = (0..<12).map { "p\($0),\(500 - $0),\($0 * $0 % 7)" }.joined(separator: "\n")
    let cohort = try read(["m.csv": "s,id,x\n" + rows], labels: .ifPresent)
    let findings = CohortInspection(cohort).modalities[0].findings
    #expect(findings.map(\.kind) == [.identifier])
    #expect(findings[0].examples == ["id"])
  }

  @Test("labelled against unlabelled, and what goes with the label")
  func associations() throws {
    let inspection = CohortInspection(try suspicious())
    let difference = try #require(inspection.labelledVersusUnlabelled.first)
    #expect(difference.feature == "b" && (difference.largestDifference ?? 0) > 5)
    #expect(difference.measuredLabelled == 1 && difference.measuredUnlabelled == 1)
    let byName = Dictionary(uniqueKeysWithValues: inspection.associations.map { ($0.name, $0) })
    #expect(byName["group"]?.value == 1 && byName["arm"]?.value == 1)
    #expect((byName["age"]?.value ?? 0) > 0.9 && byName["age"]?.measure == "eta-squared")
    #expect((byName["noise"]?.value ?? 1) < 0.4 && byName["noise"]?.isStrong == false)
    #expect(byName["group"]?.isStrong == true)
  }

  @Test("a modality that whole classes lack")
  func measuredByClass() throws {
    let labels =
      "sample,label\n"
      + (0..<12).map { "p\($0),\("abc".map(String.init)[$0 % 3])\n" }
      .joined()
    func found(_ name: String, without lacking: [Int]) throws -> CohortInspection {
      let rows = (0..<12).filter { !lacking.contains($0 % 3) }.map { "p\($0),\($0 * $0 % 7)\n" }
      let whole = (0..<12).map { "p\($0),\($0 * 5 % 7)\n" }
      return CohortInspection(
        try read([
          "labels.csv": labels, "\(name).csv": "s,x\n" + rows.joined(),
          "whole.csv": "s,y\n" + whole.joined(),
        ]))
    }
    let one = try found("part", without: [2])
    #expect(one.measuredByClass.map(\.modality) == ["part"])
    #expect(one.measuredByClass.map(\.unmeasured) == [["c"]])
    #expect(one.trustFindings.map(\.code).contains("measured-by-class"))
    #expect(one.lines.contains { $0.hasPrefix("warning: no labelled patient of c has part") })
    let two = try found("part", without: [0, 1])
    #expect(two.measuredByClass.map(\.measured) == [["c"]])
    #expect(two.lines.contains { $0.hasPrefix("warning: part was measured in class c alone") })
    #expect(try found("part", without: []).measuredByClass.isEmpty)
  }

  @Test("JSON decodes to the same; text names what matters")
  func rendering() throws {
    let inspection = CohortInspection(try suspicious())
    let decoded = try JSONDecoder().decode(
      CohortInspection.self, from: Data(try inspection.json().utf8))
    #expect(decoded == inspection)
    let text = inspection.lines.joined(separator: "\n")
    for part in [
      "patients: 42", "label: label, 30 labelled (case 15, control 15), 12 unlabelled",
      "modality m: 7 features, 42 patients, 2 cells missing in 1 features",
      "look like raw counts", "check that they are not the label", "q0 = q1",
      "warning: group group goes with the label",
    ] { #expect(text.contains(part), "\(part)\n\(text)") }
  }

  @Test("the embedded cohorts raise no false alarm")
  func embedded() throws {
    let acc = CohortInspection(try readCohort(CohortRequest("demo:acc")).cohort)
    #expect(acc.modalities.allSatisfy { $0.findings.isEmpty })
    #expect(acc.duplicatedPatients.isEmpty)
    #expect(acc.complete == 43 || acc.complete == 44)
    let digits = CohortInspection(try readCohort(CohortRequest("demo:multifeature")).cohort)
    #expect(digits.modalities.allSatisfy { $0.findings.isEmpty })
    #expect(digits.complete == 2000 && digits.unlabelled == 0)
  }
}
