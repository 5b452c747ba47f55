import Cohort
import Equipoise
import Foundation
import LinearAlgebra

/// Something that reads files.
protocol Surface {
  var name: String { get }
  /// Undamaged files.
  var cases: [CorpusCase] { get }

  /// Whether a file of a case is damaged at all.
  func isDamaged(_ file: String) -> Bool

  /// Whether reading changes the files.
  var leavesTraces: Bool { get }

  /// Reads the files in a folder; `isThorough` also looks at what was read.
  ///
  /// - Returns: `read`, or the code of an error that a user would see; a word that begins with `!` is
  ///   harm.
  func outcome(of folder: String, isThorough: Bool) -> String
}

extension Surface {
  func isDamaged(_ file: String) -> Bool { true }

  var leavesTraces: Bool { false }
}

/// Cohorts in any format; a case of one file is a cohort by itself.
struct CohortSurface: Surface {
  let name: String
  let cases: [CorpusCase]

  func outcome(of folder: String, isThorough: Bool) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let path = names.count == 1 ? "\(folder)/\(names[0])" : folder
    var request = CohortRequest(path, labels: .ifPresent)
    request.readsMutations = true
    request.maximumUncompressedBytes = 64 << 20
    do {
      let cohort = try readCohort(request).cohort
      for table in cohort.table.modalities {
        guard table.values.rowCount == cohort.table.patients.count,
          table.values.columnCount == table.featureNames.count
        else { return "!shape" }
        if table.values.values.contains(where: \.isInfinite) { return "!infinite" }
      }
      // What was read is inspected too: messages must bear any name.
      if isThorough { _ = CohortInspection(cohort).lines }
      return "read"
    } catch {
      guard [64, 65, 66, 78].contains(error.exitCode) else { return "!exit \(error.exitCode)" }
      return error.description.isEmpty ? "!silent" : error.code.rawValue
    }
  }
}

/// Model files: opened, and asked about two patients.
struct ModelSurface: Surface {
  let name = "model"
  let cases: [CorpusCase]

  func outcome(of folder: String, isThorough: Bool) -> String {
    do {
      let model = try Model(path: "\(folder)/model.safetensors")
      let modalities = model.knownFeatures.keys.sorted().map { name in
        let features = model.knownFeatures[name] ?? []
        return ModalityTable(
          name: name, featureNames: features,
          values: Matrix(rows: 2, columns: features.count, repeating: 0.5))
      }
      let answer = try model.predict(
        PatientTable(patients: ["a", "b"], modalities: modalities), threads: 1)
      return answer.csv.contains("nan") ? "!nan" : "read"
    } catch {
      return "refused \(type(of: error))"
    }
  }
}

/// Files that the program is given: `--config`, or a run to be resumed.
struct ProgramSurface: Surface {
  let name: String
  let cases: [CorpusCase]
  let program: String

  var leavesTraces: Bool { name == "resume" }

  /// The cohort beside is not damaged.
  func isDamaged(_ file: String) -> Bool { !file.hasPrefix("cohort/") }

  func outcome(of folder: String, isThorough: Bool) -> String {
    let arguments =
      name == "config"
      ? ["inspect", "\(folder)/cohort", "--config", "\(folder)/config.yaml", "--quiet"]
      : [
        "study", "\(folder)/cohort", "--out", "\(folder)/run", "--resume", "--quiet",
        "--methods", "majority", "--folds", "2", "--repeats", "1", "--threads", "1",
      ]
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return "!not started" }
    let deadline = Date(timeIntervalSinceNow: Driver.hangSeconds)
    while process.isRunning {
      if Date() > deadline {
        kill(process.processIdentifier, SIGKILL)
        return "!hang"
      }
      usleep(2000)
    }
    let code = process.terminationStatus
    if process.terminationReason == .uncaughtSignal { return "!trap" }
    let known: Set<Int32> = [0, 64, 65, 66, 73, 74, 75, 78]
    return known.contains(code) ? code == 0 ? "read" : "exit \(code)" : "!exit \(code)"
  }
}
