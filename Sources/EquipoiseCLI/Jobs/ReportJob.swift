import Boundary
import Equipoise
import Foundation
import Study

/// From a run's folder to its report.
struct ReportJob {
  let folder: String
  let console: Console

  func run() throws {
    let folder = OutputFolder(path: folder)
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw Failure(
        .inputMissing, "the run's folder was not found", at: folder.path,
        remedy: "give the folder that was --out")
    }
    // A folder without a run is refused before a lock is put into it.
    _ = try RunManifest.read(from: folder)
    let lock = try folder.lock(verb: "report")
    defer { lock.release() }
    try ProcessEnding.shared.hold {
      try FinishedRun.rebuildReport(in: folder)
      ProcessEnding.shared.aftermath = .complete
    }
    if !console.isQuiet { try Answer.show("report: \(folder.path(of: "report.html"))") }
  }
}
