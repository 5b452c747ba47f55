import Foundation
import Testing

@Suite struct AuditVerbTests {
  private func audit(_ cohort: CohortFolder, _ more: [String] = []) throws -> Program.Outcome {
    try Program.run(
      ["audit", cohort.path, "--repeats", "1", "--out", cohort.out] + more, in: cohort.parent)
  }

  private let written = ["audit.csv", "audit.json", "report.html", "run.json"]

  @Test func writesAllFilesAndSaysWhatItFound() throws {
    let cohort = try CohortFolder(patientCount: 60)
    let outcome = try audit(cohort)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(cohort.outputNames == written)
    #expect(outcome.output.contains("All assays together tell"))
    #expect(outcome.output.contains("report.html"))
    #expect(outcome.errors.contains("of 8 tasks"))
    #expect(!outcome.errors.contains("\u{1B}"))
    let lines = try cohort.output("audit.csv").split(separator: "\n")
    #expect(lines.first == "kind,modality,other,quantity,estimate,lower,upper,p,p_holm,n,verdict")
    #expect(lines.contains { $0.hasPrefix("modality,mrna,others,adds,") })
    let run = try cohort.output("run.json")
    #expect(run.contains(#""verb" : "audit""#))
    for name in ["audit.csv", "audit.json", "report.html"] {
      #expect(run.contains(#""name" : "\#(name)""#))
    }
  }

  @Test func sameBytesAtAnyThreadCountAndAnyTime() throws {
    let (one, three) = (
      try CohortFolder(patientCount: 60), try CohortFolder(patientCount: 60)
    )
    #expect(try audit(one, ["--threads", "1", "--quiet"]).code == 0)
    #expect(try audit(three, ["--threads", "3", "--quiet"]).code == 0)
    for name in written where name != "run.json" {
      #expect(try one.output(name) == three.output(name), "\(name)")
    }
    #expect(try !one.output("audit.json").contains(one.parent))
    #expect(try !one.output("report.html").contains(one.parent))
  }

  @Test func jsonPrintsTheSummary() throws {
    let cohort = try CohortFolder(patientCount: 60)
    let outcome = try audit(cohort, ["--json", "--quiet", "--gate", "cch"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output == (try cohort.output("audit.json")))
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains(#""gate" : "cch""#))
  }

  @Test func reportIsRebuiltToTheSameBytes() throws {
    let cohort = try CohortFolder(patientCount: 60)
    #expect(try audit(cohort, ["--quiet", "--seed", "3", "--modalities", "cnv,mrna"]).code == 0)
    let report = try cohort.output("report.html")
    #expect(
      report.contains("equipoise audit cohort --modalities cnv,mrna --repeats 1 --seed 3"))
    try FileManager.default.removeItem(atPath: cohort.out + "/report.html")
    let outcome = try Program.run(["report", cohort.out], in: cohort.parent)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(try cohort.output("report.html") == report)
    try Data("{}".utf8).write(to: URL(filePath: cohort.out + "/audit.json"))
    let broken = try Program.run(["report", cohort.out], in: cohort.parent)
    #expect(broken.code == 65)
    #expect(broken.errors.contains("audit.json"))
  }

  @Test func fuseHasNoReport() throws {
    let cohort = try CohortFolder()
    let fused = try Program.run(
      ["fuse", cohort.path, "--out", cohort.out, "--quiet"], in: cohort.parent)
    #expect(fused.code == 0, "\(fused.errors)")
    let outcome = try Program.run(["report", cohort.out], in: cohort.parent)
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("a run of `fuse`"))
  }

  @Test func givenFoldsAreUsed() throws {
    let cohort = try CohortFolder(patientCount: 60)
    var folds = "sample,repeat,fold\n"
    for (i, patient) in cohort.patients.enumerated() { folds += "\(patient),0,\(i / 2 % 3)\n" }
    let path = cohort.parent + "/folds.csv"
    try Data(folds.utf8).write(to: URL(filePath: path))
    let outcome = try Program.run(
      ["audit", cohort.path, "--folds-file", path, "--out", cohort.out, "--quiet"],
      in: cohort.parent)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let text = try cohort.output("audit.json")
    #expect(text.contains(#""folds" : 3"#))
    #expect(text.contains(#""folds_file" : "folds.csv""#))
  }

  /// The audit fails with that code, says these words, and creates nothing.
  private func expectFailure(
    _ code: Int32, _ words: [String], of cohort: CohortFolder, _ more: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try audit(cohort, more)
    #expect(outcome.code == code, "\(outcome.errors)", sourceLocation: sourceLocation)
    for word in ["error[\(code)]: "] + words {
      #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
    }
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    #expect(!cohort.hasOutput, sourceLocation: sourceLocation)
  }

  @Test func badInputLeavesNothingBehind() throws {
    let cohort = try CohortFolder()
    try expectFailure(64, ["found: 1"], of: cohort, ["--folds", "1"])
    try expectFailure(64, ["found: maybe"], of: cohort, ["--gate", "maybe"])
    try expectFailure(64, ["did you mean '--gate'"], of: cohort, ["--gaet", "cch"])
    try expectFailure(66, ["absent.csv"], of: cohort, ["--folds-file", "absent.csv"])
    let labels = cohort.patients.map { "\($0),same\n" }.joined()
    try cohort.write("sample,label\n" + labels, to: "labels.csv")
    try expectFailure(65, ["same"], of: cohort)
    try cohort.remove("labels.csv")
    try expectFailure(66, ["labels.csv"], of: cohort)
    let none = try Program.run(["audit"], in: cohort.parent)
    #expect(none.code == 64)
    let absent = try Program.run(
      ["audit", cohort.parent + "/nowhere", "--out", cohort.out], in: cohort.parent)
    #expect(absent.code == 66)
    #expect(!cohort.hasOutput)
  }

  @Test func badConfigurationLeavesNothingBehind() throws {
    let cohort = try CohortFolder()
    let path = cohort.parent + "/config.yaml"
    try Data("fold: 3\n".utf8).write(to: URL(filePath: path))
    try expectFailure(78, ["did you mean folds?"], of: cohort, ["--config", path])
  }

  @Test func occupiedFolderIsRefusedUnlessForced() throws {
    let cohort = try CohortFolder(patientCount: 60)
    #expect(try audit(cohort, ["--quiet"]).code == 0)
    let before = try cohort.output("audit.json")
    #expect(try audit(cohort, ["--quiet", "--seed", "2"]).code == 73)
    #expect(try cohort.output("audit.json") == before)
    #expect(try audit(cohort, ["--quiet", "--seed", "2", "--force"]).code == 0)
    #expect(try cohort.output("audit.json") != before)
  }

  @Test func interruptionLeavesNothingBehind() throws {
    let cohort = try CohortFolder(patientCount: 60)
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["audit", "demo:multifeature", "--out", cohort.out, "--threads", "1"]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // Its first line of progress says that the work is under way.
    var heard = ""
    while process.isRunning, !heard.contains("tasks") {
      heard += String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
    }
    process.interrupt()
    heard += String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 75)
    #expect(heard.contains("error[75]: interrupted; nothing was written"))
    #expect(!cohort.hasOutput)
  }
}
