import Foundation
import Testing

/// Bad inputs: exit code, the words of the error, and nothing left behind.
@Suite struct BadInputTests {
  private func study(_ cohort: CohortFolder, _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(
      ["study", cohort.path, "--methods", "majority", "--out", cohort.out, "--quiet"] + more,
      in: cohort.parent)
  }

  /// The study fails with that code, says these words, and creates nothing.
  private func expectFailure(
    _ code: Int32, _ words: [String], of cohort: CohortFolder, _ more: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try study(cohort, more)
    #expect(outcome.code == code, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(
      outcome.errors.hasPrefix("error[\(code)]: "), "\(outcome.errors)",
      sourceLocation: sourceLocation)
    for word in words {
      #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
    }
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    #expect(!cohort.hasOutput, sourceLocation: sourceLocation)
  }

  @Test func missingFolder() throws {
    let cohort = try CohortFolder()
    let outcome = try Program.run(
      ["study", cohort.parent + "/nowhere", "--out", cohort.out], in: cohort.parent)
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("nowhere"))
    #expect(!cohort.hasOutput)
  }

  @Test func missingLabels() throws {
    let cohort = try CohortFolder()
    try cohort.remove("labels.csv")
    try expectFailure(66, ["labels.csv"], of: cohort)
  }

  @Test func missingFoldsFile() throws {
    let cohort = try CohortFolder()
    try expectFailure(66, ["absent.csv"], of: cohort, ["--folds-file", "absent.csv"])
  }

  @Test func missingConfigurationFile() throws {
    let cohort = try CohortFolder()
    try expectFailure(66, ["absent.yaml"], of: cohort, ["--config", "absent.yaml"])
  }

  @Test func identifiersThatDoNotJoin() throws {
    let cohort = try CohortFolder()
    for name in ["mrna", "cnv"] {
      try cohort.write(
        cohort.modality(name).replacingOccurrences(of: "\nP", with: "\nQ"), to: "\(name).csv")
    }
    try expectFailure(65, ["remedy"], of: cohort)
  }

  @Test func duplicatedSample() throws {
    let cohort = try CohortFolder()
    try cohort.write(cohort.modality("mrna") + "P3,1,2,3\n", to: "mrna.csv")
    try expectFailure(65, ["mrna.csv", "P3"], of: cohort)
  }

  @Test func duplicatedLabel() throws {
    let cohort = try CohortFolder()
    let labels = try String(contentsOfFile: cohort.path + "/labels.csv", encoding: .utf8)
    try cohort.write(labels + "P5,yes\n", to: "labels.csv")
    try expectFailure(65, ["labels.csv", "P5"], of: cohort)
  }

  @Test func textInANumericCell() throws {
    let cohort = try CohortFolder()
    var lines = cohort.modality("mrna").split(separator: "\n").map(String.init)
    lines[4] = "P3,0.5,hello,0.25"
    try cohort.write(lines.joined(separator: "\n") + "\n", to: "mrna.csv")
    try expectFailure(65, ["mrna.csv", "hello", "5", "g2"], of: cohort)
  }

  @Test(arguments: ["inf", "-Infinity", "1e999"])
  func infiniteCell(text: String) throws {
    let cohort = try CohortFolder()
    var lines = cohort.modality("cnv").split(separator: "\n").map(String.init)
    lines[2] = "P1,0.5,\(text),0.25"
    try cohort.write(lines.joined(separator: "\n") + "\n", to: "cnv.csv")
    try expectFailure(65, ["cnv.csv", "g2"], of: cohort)
  }

  @Test func classWithOnePatient() throws {
    let cohort = try CohortFolder()
    var labels = "sample,label\nP0,rare\n"
    for (i, patient) in cohort.patients.dropFirst().enumerated() {
      labels += "\(patient),\(i % 2)\n"
    }
    try cohort.write(labels, to: "labels.csv")
    try expectFailure(65, ["rare"], of: cohort)
  }

  @Test func oneClass() throws {
    let cohort = try CohortFolder()
    let labels = cohort.patients.map { "\($0),same\n" }.joined()
    try cohort.write("sample,label\n" + labels, to: "labels.csv")
    try expectFailure(65, ["same"], of: cohort)
  }

  @Test func modalityWithoutValues() throws {
    let cohort = try CohortFolder()
    let rows = cohort.patients.map { "\($0),,NA\n" }.joined()
    try cohort.write("sample,x,y\n" + rows, to: "void.csv")
    try expectFailure(65, ["void"], of: cohort)
  }

  @Test func truncatedCompressedFile() throws {
    let cohort = try CohortFolder()
    // The first bytes of a gzip stream that promises more than it holds.
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C, 0x4A]
    try cohort.write(Data(header), to: "rppa.csv.gz")
    try expectFailure(65, ["rppa.csv.gz"], of: cohort)
  }

  @Test func unknownNamesGetTheNearestOne() throws {
    let cohort = try CohortFolder()
    try expectFailure(
      64, ["logistic:mrn", "did you mean logistic:mrna?"], of: cohort,
      ["--methods", "logistic:mrn"])
    try expectFailure(
      64, ["mirna", "did you mean mrna?"], of: cohort, ["--modalities", "mirna,cnv"])
  }

  @Test func usageErrors() throws {
    let cohort = try CohortFolder()
    try expectFailure(64, ["--fold", "did you mean '--folds'"], of: cohort, ["--fold", "3"])
    try expectFailure(64, ["folds", "found: 1"], of: cohort, ["--folds", "1"])
    try expectFailure(64, ["found: maybe"], of: cohort, ["--gate", "maybe"])
    try expectFailure(64, ["repeats"], of: cohort, ["--repeats", "some"])
    try expectFailure(64, ["threads"], of: cohort, ["--threads", "0"])
    try expectFailure(64, ["--force"], of: cohort, ["--force", "--resume"])
    try expectFailure(64, ["two cohorts"], of: cohort, ["--demo"])
    let none = try Program.run(["study"], in: cohort.parent)
    #expect(none.code == 64)
    #expect(none.errors.contains("demo:acc"))
    let verb = try Program.run(["stduy"], in: cohort.parent)
    #expect(verb.code == 64)
    #expect(verb.errors.contains("did you mean study?"))
  }

  @Test func foldsFileThatDoesNotFit() throws {
    let cohort = try CohortFolder()
    let path = cohort.parent + "/folds.csv"
    try Data("sample,repeat,fold\nnobody,0,0\n".utf8).write(to: URL(filePath: path))
    try expectFailure(65, ["nobody"], of: cohort, ["--folds-file", path])
  }

  @Test func badConfiguration() throws {
    let cohort = try CohortFolder()
    func config(_ text: String) throws -> [String] {
      let path = cohort.parent + "/config.yaml"
      try Data(text.utf8).write(to: URL(filePath: path))
      return ["--config", path]
    }
    try expectFailure(
      78, ["found: fold", "did you mean folds?"], of: cohort, try config("fold: 3\n"))
    try expectFailure(78, ["key folds", "found: three"], of: cohort, try config("folds: three\n"))
    try expectFailure(
      78, ["did you mean variance?"], of: cohort,
      try config("preprocessing:\n  selection: varience\n"))
    try expectFailure(78, ["not a mapping"], of: cohort, try config("- a\n- b\n"))
    try expectFailure(78, ["YAML"], of: cohort, try config("a: [1\n"))
  }

  @Test func outputThatCannotBeUsed() throws {
    let cohort = try CohortFolder()
    try FileManager.default.createDirectory(
      atPath: cohort.out, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: cohort.out + "/notes.txt"))
    let occupied = try study(cohort)
    #expect(occupied.code == 73)
    #expect(occupied.errors.contains("notes.txt"))
    #expect(cohort.outputNames == ["notes.txt"])
    let resumed = try study(cohort, ["--resume"])
    #expect(resumed.code == 73)
    let blocked = try study(cohort, ["--out", cohort.out + "/notes.txt/below"])
    #expect(blocked.code == 73)
    let itself = try study(cohort, ["--out", cohort.path, "--force"])
    #expect(itself.code == 73)
    #expect(cohort.outputNames == ["notes.txt"])
  }
}
