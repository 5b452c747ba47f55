import Foundation
import Testing

@Suite struct InformationVerbTests {
  private func mi(_ cohort: CohortFolder, _ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["mi"] + arguments, in: cohort.path)
  }

  private func object(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any],
      "\(outcome.errors)")
  }

  @Test func printsTheContractKeys() throws {
    let cohort = try CohortFolder(patientCount: 60)
    let outcome = try mi(cohort, ["--x", "mrna.csv", "--labels", "labels.csv"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let answer = try object(outcome)
    for key in [
      "estimate", "units", "estimator", "reason", "n", "dim_x", "dim_y", "interval", "p_value",
      "warnings",
    ] { #expect(answer[key] != nil, "\(key)") }
    #expect(answer["units"] as? String == "nats")
    #expect(answer["n"] as? Int == 60)
    #expect(answer["dim_x"] as? Int == 3)
    #expect(answer["dim_y"] as? Int == 1)
    #expect(answer["p_value"] is NSNull)
    let interval = try #require(answer["interval"] as? [Double])
    #expect(interval.count == 2 && interval[0] < interval[1])
    let tested = try object(
      mi(cohort, ["--x", "mrna.csv", "--y", "cnv.csv", "--permutations", "99", "--quiet"]))
    // The modalities share the label, so that none or few of 99 permutations reach them.
    #expect((tested["p_value"] as? Double).map { $0 <= 0.05 } == true)
    #expect(tested["dim_y"] as? Int == 3)
  }

  @Test func threadsDoNotChangeTheBytes() throws {
    let cohort = try CohortFolder(patientCount: 60)
    let arguments = ["--x", "mrna.csv", "--y", "cnv.csv", "--permutations", "39", "--quiet"]
    let one = try mi(cohort, arguments + ["--threads", "1"])
    let two = try mi(cohort, arguments + ["--threads", "2"])
    #expect(one.output == two.output && one.code == 0)
    #expect(one.errors.isEmpty)
  }

  @Test func eachColumn() throws {
    let cohort = try CohortFolder(patientCount: 60)
    let answer = try object(
      mi(cohort, ["--x", "mrna.csv", "--labels", "labels.csv", "--each"]))
    let columns = try #require(answer["columns"] as? [[String: Any]])
    #expect(columns.map { $0["name"] as? String } == ["g1", "g2", "g3"])
    #expect(columns.allSatisfy { $0["estimate"] is Double })
  }

  @Test func configurationFile() throws {
    let cohort = try CohortFolder(patientCount: 60)
    try cohort.write(
      "x: mrna.csv\nlabels: labels.csv\nestimator: ross\nneighbors: 4\nquiet: true\n",
      to: "mi.yaml")
    let outcome = try mi(cohort, ["--config", "mi.yaml"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try object(outcome)["estimator"] as? String == "ross")
    // A second file by flag replaces the file's.
    let other = try mi(cohort, ["--config", "mi.yaml", "--y", "cnv.csv", "--estimator", "copula"])
    #expect(try object(other)["estimator"] as? String == "copula")
  }

  @Test func whatWasLeftOutIsTold() throws {
    let cohort = try CohortFolder(patientCount: 60)
    var labels = "sample,label\n"
    for (i, patient) in cohort.patients.enumerated() where i > 4 {
      labels += "\(patient),\(i == 10 ? "" : i % 2 == 0 ? "no" : "yes")\n"
    }
    try cohort.write(labels + "X1,no\n", to: "labels.csv")
    let outcome = try mi(cohort, ["--x", "mrna.csv", "--labels", "labels.csv"])
    let answer = try object(outcome)
    #expect(answer["n"] as? Int == 54)
    let warnings = try #require(answer["warnings"] as? [String])
    #expect(warnings.contains { $0.contains("5 of 60 samples of mrna.csv, not in labels.csv") })
    #expect(warnings.contains { $0.contains("1 of 56 samples of labels.csv") })
    #expect(warnings.contains { $0.contains("left out: 1 sample without a label") })
    for warning in warnings { #expect(outcome.errors.contains(warning)) }
  }

  @Test(arguments: [
    (64, ["no table was named"], ""),
    (64, ["no second table"], "--x mrna.csv"),
    (64, ["two second tables"], "--x mrna.csv --y cnv.csv --labels labels.csv"),
    (64, ["--label"], "--x mrna.csv --y cnv.csv --label label"),
    (64, ["did you mean ksg1?"], "--x mrna.csv --y cnv.csv --estimator kgs1"),
    (64, ["where: neighbors", "found: 0"], "--x mrna.csv --y cnv.csv --neighbors 0"),
    (64, ["confidence 1.5"], "--x mrna.csv --y cnv.csv --confidence 1.5"),
    (64, ["where: permutations", "found: -1"], "--x mrna.csv --y cnv.csv --permutations=-1"),
    (64, ["norm"], "--x mrna.csv --y cnv.csv --norm taxicab"),
    (64, ["classes"], "--x mrna.csv --y cnv.csv --estimator ross"),
    (64, ["numbers on both sides"], "--x mrna.csv --labels labels.csv --estimator ksg1"),
    (64, ["did you mean label?"], "--x mrna.csv --labels labels.csv --label labe"),
    (65, ["24 rows", "at least 31"], "--x mrna.csv --y cnv.csv --estimator ksg1 --neighbors 30"),
    (65, ["line 2", "column 2"], "--x mrna.csv --y labels.csv"),
    (66, ["absent.csv"], "--x absent.csv --y cnv.csv"),
    (66, ["absent.csv"], "--x mrna.csv --labels absent.csv"),
  ])
  func badInput(code: Int, words: [String], arguments: String) throws {
    let cohort = try CohortFolder()
    let outcome = try mi(cohort, arguments.split(separator: " ").map(String.init))
    #expect(outcome.code == Int32(code), "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("error[\(code)]: "))
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    #expect(outcome.output.isEmpty)
  }

  @Test func badTables() throws {
    let cohort = try CohortFolder()
    func expect(_ code: Int32, _ words: [String], x text: String) throws {
      try cohort.write(text, to: "bad.csv")
      let outcome = try mi(cohort, ["--x", "bad.csv", "--labels", "labels.csv"])
      #expect(outcome.code == code, "\(outcome.errors)")
      for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    }
    let table = cohort.modality("mrna")
    try expect(65, ["'P0'", "'Q0'"], x: table.replacingOccurrences(of: "\nP", with: "\nQ"))
    try expect(65, ["P3", "lines"], x: table + "P3,1,2,3\n")
    try expect(65, ["does not vary"], x: "sample,a\nP0,1\nP1,1\nP2,1\n")
    try expect(65, ["infinite", "line 3", "(a)"], x: "sample,a\nP0,1\nP1,inf\n")
    try expect(65, ["found: 1 row\n"], x: "sample,a,b\nP0,1,2\nP1,,\nP7,,\n")
    try expect(65, ["lack this column"], x: "sample,a,b\nP0,,2\nP1,,1\n")
  }

  @Test func badConfiguration() throws {
    let cohort = try CohortFolder()
    try cohort.write("x: mrna.csv\nestimater: ross\n", to: "mi.yaml")
    let outcome = try mi(cohort, ["--config", "mi.yaml"])
    #expect(outcome.code == 78)
    #expect(outcome.errors.contains("did you mean estimator?"))
  }
}
