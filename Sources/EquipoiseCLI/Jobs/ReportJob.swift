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
    try FinishedRun.rebuildReport(in: folder)
    if !console.isQuiet { answer("report: \(folder.path(of: "report.html"))") }
  }
}
