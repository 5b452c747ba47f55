import Foundation
import Testing
import _TestSupport

/// `train` and `predict` as programs.
@Suite struct ModelVerbTests {
  /// A cohort and a model of it.
  private struct Trained {
    let cohort: CohortFolder
    let model: String
    let outcome: Program.Outcome

    init(_ more: [String] = ["--method", "logistic-balanced:late-learned"]) throws {
      cohort = try CohortFolder(patientCount: 60)
      model = cohort.parent + "/m/model.safetensors"
      outcome = try Program.run(
        ["train", cohort.path, "--model", model] + more, in: cohort.parent)
    }

    var predictions: String { cohort.parent + "/new.csv" }

    func predict(_ more: [String] = []) throws -> Program.Outcome {
      try Program.run(
        ["predict", model, cohort.path, "--out", predictions] + more, in: cohort.parent)
    }
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
  }

  /// Columns of a comma-separated text without its header.
  private func column(_ name: String, _ text: String) throws -> [String] {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let index = try #require(lines.first?.firstIndex(of: name))
    return lines.dropFirst().map { $0[index] }
  }

  @Test func trainsAndPredictsWithTheDefaults() throws {
    let trained = try Trained([])
    #expect(trained.outcome.code == 0, "\(trained.outcome.errors)")
    #expect(trained.outcome.output.contains("equipoise on 60 labelled patients (no 30, yes 30)"))
    #expect(trained.outcome.errors.contains("patient-level data"))
    let names = try FileManager.default.contentsOfDirectory(atPath: trained.cohort.parent + "/m")
    #expect(names.sorted() == ["model.card.md", "model.safetensors"])
    let card = try trained.text(trained.cohort.parent + "/m/model.card.md")
    for word in ["## Performance", "macro_f1", "| cnv | 60 |", "holds rows of training patients"] {
      #expect(card.contains(word), "\(word)")
    }
    let outcome = try trained.predict()
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("60 patients: "))
    let text = try trained.text(trained.predictions)
    #expect(text.hasPrefix("sample,predicted,p_no,p_yes,set,modalities_used,status,warnings\n"))
    #expect(try column("sample", text) == trained.cohort.patients)
    let right = try column("predicted", text).enumerated().count {
      $0.element == ($0.offset % 2 == 0 ? "no" : "yes")
    }
    #expect(right > 40)
    let drift = try trained.text(trained.cohort.parent + "/new.drift.json")
    #expect(drift.contains(#""patientCount" : 60"#))
  }

  @Test func standardOutputHoldsThePredictionsAlone() throws {
    let trained = try Trained()
    #expect(try trained.predict().code == 0)
    let outcome = try Program.run(
      ["predict", trained.model, trained.cohort.path, "--out", "-"], in: trained.cohort.parent)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output == (try trained.text(trained.predictions)))
  }

  @Test func labelsAreNeverRead() throws {
    let trained = try Trained()
    let before = try Program.run(["predict", trained.model, trained.cohort.path, "--out", "-"])
    try trained.cohort.remove("labels.csv")
    let outcome = try Program.run(["predict", trained.model, trained.cohort.path, "--out", "-"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.output.split(separator: "\n").sorted()
        == before.output.split(separator: "\n").sorted())
  }

  @Test func tablesMayLieAcross() throws {
    let trained = try Trained()
    #expect(try trained.predict().code == 0)
    let straight = try trained.text(trained.predictions)
    let rows = trained.cohort.modality("mrna").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let across = rows[0].indices.map { j in rows.map { $0[j] }.joined(separator: ",") }
    try trained.cohort.write(across.joined(separator: "\n") + "\n", to: "mrna.csv")
    try trained.cohort.remove("labels.csv")
    let outcome = try trained.predict(["--force"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      try trained.text(trained.predictions).split(separator: "\n").sorted()
        == straight.split(separator: "\n").sorted())
  }

  @Test func otherUnitsAndUnknownTablesAreWarnedOf() throws {
    let trained = try Trained()
    let lines = trained.cohort.modality("mrna").split(separator: "\n")
    let scaled = lines.dropFirst().map { line in
      let cells = line.split(separator: ",")
      return ([String(cells[0])] + cells.dropFirst().map { "\((Double($0) ?? 0) * 1000)" })
        .joined(separator: ",")
    }
    try trained.cohort.write(
      ([String(lines[0])] + scaled).joined(separator: "\n") + "\n", to: "mrna.csv")
    try trained.cohort.write(trained.cohort.modality("cnv"), to: "protein.csv")
    let outcome = try trained.predict()
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("mrna: values do not lie as in training"))
    #expect(outcome.errors.contains("protein"))
  }

  /// The program fails with that code, says these words, and writes nothing.
  private func expectFailure(
    _ code: Int32, _ words: [String], _ trained: Trained, _ more: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try trained.predict(more)
    #expect(outcome.code == code, "\(outcome.errors)", sourceLocation: sourceLocation)
    for word in ["error[\(code)]: "] + words {
      #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
    }
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    #expect(!trained.exists(trained.predictions), sourceLocation: sourceLocation)
  }

  @Test func patientsThatCannotBeReadAreRefused() throws {
    let trained = try Trained()
    let sound = trained.cohort.modality("mrna")
    try trained.cohort.write(sound + "P0,1,2,3\n", to: "mrna.csv")
    try expectFailure(65, ["P0"], trained)
    try trained.cohort.write(
      sound.replacingOccurrences(of: "g1,g2,g3", with: "h1,h2,h3"), to: "mrna.csv")
    try expectFailure(65, ["no feature of the model", "g1", "--modalities"], trained)
    #expect(try trained.predict(["--modalities", "cnv", "--out", "-"]).code == 0)
    try trained.cohort.remove("cnv.csv")
    try trained.cohort.remove("mrna.csv")
    try trained.cohort.write(sound, to: "expression.csv")
    try expectFailure(65, ["no modality of the model", "expression", "cnv, mrna"], trained)
  }

  @Test func filesThatAreNoModelAreRefused() throws {
    let trained = try Trained()
    let url = URL(filePath: trained.model)
    let sound = try Data(contentsOf: url)
    try sound.prefix(sound.count / 2).write(to: url)
    try expectFailure(65, ["damaged", "copy it again"], trained)
    var altered = sound
    altered[sound.count - 3] ^= 1
    try altered.write(to: url)
    try expectFailure(65, ["damaged"], trained)
    var claimed = sound
    claimed.replaceSubrange(0..<8, with: [0, 0, 0, 0, 1, 0, 0, 0])
    try claimed.write(to: url)
    try expectFailure(65, ["no model file"], trained)
    try Data("sample,label\n".utf8).write(to: url)
    try expectFailure(65, [], trained)
    try FileManager.default.removeItem(at: url)
    try expectFailure(66, ["no such model file"], trained)
  }

  @Test func usageErrorsAreTold() throws {
    let trained = try Trained()
    try expectFailure(64, ["coverage"], trained, ["--coverage", "1.5"])
    let both = try Program.run(
      ["predict", trained.model, trained.cohort.path, "--out", "-", "--json"])
    #expect(both.code == 64)
    #expect(try Program.run(["predict", trained.model]).code == 64)
    #expect(try Program.run(["predict"]).code == 64)
    for (method, word) in [("snf-knn", "cannot be kept"), ("logistc:mrna", "did you mean")] {
      let outcome = try Program.run(
        ["train", trained.cohort.path, "--method", method, "--model", trained.cohort.out])
      #expect(outcome.code == 64, "\(outcome.errors)")
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
      #expect(!trained.cohort.hasOutput)
    }
  }

  @Test func nothingIsOverwrittenUnasked() throws {
    let trained = try Trained()
    let before = try Data(contentsOf: URL(filePath: trained.model))
    let again = ["train", trained.cohort.path, "--model", trained.model, "--method", "majority"]
    let refused = try Program.run(again)
    #expect(refused.code == 73, "\(refused.errors)")
    #expect(try Data(contentsOf: URL(filePath: trained.model)) == before)
    #expect(try Program.run(again + ["--force", "--quiet"]).code == 0)
    #expect(try Data(contentsOf: URL(filePath: trained.model)) != before)
    #expect(try trained.predict().code == 0)
    #expect(try trained.predict().code == 73)
  }

  @Test func cohortsThatCannotBeLearnedFromAreRefused() throws {
    let cohort = try CohortFolder(patientCount: 3)
    let outcome = try Program.run(["train", cohort.path, "--model", cohort.out])
    #expect(outcome.code == 65, "\(outcome.errors)")
    #expect(!cohort.hasOutput)
  }

  @Test func validatesOnPatientsOfAnotherHospital() throws {
    let trained = try Trained()
    let same = try Program.run(
      ["validate", trained.model, trained.cohort.path, "--out", trained.cohort.out])
    #expect(same.code == 65)
    #expect(same.errors.contains("seen in training") && same.errors.contains("--exclude-seen"))
    #expect(!trained.cohort.hasOutput)
    let other = try CohortFolder(patientCount: 40)
    for name in ["labels.csv", "mrna.csv", "cnv.csv"] {
      let text = try String(contentsOfFile: other.path + "/" + name, encoding: .utf8)
      try other.write(text.replacingOccurrences(of: "P", with: "Q"), to: name)
    }
    let outcome = try Program.run(
      ["validate", trained.model, other.path, "--out", other.out, "--quiet"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("macro-F1"))
    #expect(other.outputNames == ["predictions.csv", "validation.csv", "validation.json"])
    #expect(try other.output("predictions.csv").hasPrefix("sample,truth,predicted,"))
    let lines = try other.output("validation.csv").split(separator: "\n")
    #expect(lines[0] == "kind,name,patients,metric,value,lower,upper")
    #expect(lines.contains { $0.hasPrefix("class,yes,20,calibration_slope,") })
    try other.write("sample,label\nQ0,maybe\n", to: "labels.csv")
    let unknown = try Program.run(
      ["validate", trained.model, other.path, "--out", other.out, "--force"])
    #expect(unknown.code == 65, "\(unknown.errors)")
    #expect(unknown.errors.contains("maybe"))
  }

  @Test func explainsPatients() throws {
    let trained = try Trained([])
    let out = trained.cohort.out
    let arguments = ["explain", trained.model, trained.cohort.path, "--out", out, "--quiet"]
    let outcome = try Program.run(arguments + ["--patients", "P7,P3", "--top", "2"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(trained.cohort.outputNames == ["explanations.json", "report.html"])
    let report = try trained.cohort.output("report.html")
    #expect(report.contains("<h3>P7</h3>") && !report.contains("<h3>P8</h3>"))
    #expect(!report.contains(trained.cohort.parent))
    let json = try trained.cohort.output("explanations.json")
    #expect(json.contains("equipoise-explanations/1"))
    #expect(try Program.run(arguments + ["--force", "--patients", "nobody"]).code == 64)
    #expect(try Program.run(arguments).code == 73)
  }

  /// The written format is enough: a script of another language, which knows nothing else, says the
  /// same.
  @Test func pythonPredictsWithASharedModel() throws {
    let trained = try Trained(["--method", "logistic-balanced:late-learned", "--share-safe"])
    #expect(trained.outcome.code == 0, "\(trained.outcome.errors)")
    #expect(!trained.outcome.errors.contains("patient-level"))
    // One lacks mrna, one lacks a cell, one has nothing.
    let lines = trained.cohort.modality("mrna").split(separator: "\n").map(String.init)
    try trained.cohort.write(
      ([lines[0]] + lines[3...] + ["P1,,NA,5.5", "nobody,,,"]).joined(separator: "\n") + "\n",
      to: "mrna.csv")
    try trained.cohort.remove("labels.csv")
    #expect(try trained.predict().code == 0)
    let script = repositoryRoot.appending(path: "Examples/read-model/predict.py")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      ProcessInfo.processInfo.environment["EQUIPOISE_PYTHON"] ?? "python3",
      script.path(percentEncoded: false), trained.model, trained.cohort.path,
    ]
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let trouble = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus != 127, !trouble.contains("ModuleNotFoundError") else {
      print("skipped: no Python with numpy (EQUIPOISE_PYTHON may name one)")
      return
    }
    #expect(process.terminationStatus == 0, "\(trouble)")
    let ours = try trained.text(trained.predictions)
    let samples = try column("sample", ours)
    #expect(samples.count == 61)
    #expect(try column("sample", said) == samples)
    for name in ["p_no", "p_yes"] {
      for (a, b) in zip(try column(name, ours), try column(name, said)) {
        #expect(abs((Double(a) ?? .nan) - (Double(b) ?? .nan)) < 1e-9)
      }
    }
  }
}
