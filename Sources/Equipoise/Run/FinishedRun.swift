import Boundary
import Foundation
import Study

/// A finished run of any verb that has a report.
package enum FinishedRun {
  /// Draws the report again from the run's own files, and writes it; `run.json` is brought up to date
  /// if the report has changed.
  ///
  /// - Throws: `StudyError` `.notARun`, `.malformedRun`, `.writeFailed`; `ReportError`.
  package static func rebuildReport(in folder: OutputFolder) throws {
    var manifest = try RunManifest.read(from: folder)
    let html =
      switch manifest.verb {
      case "audit": try FinishedAudit(folder: folder).reportHTML()
      case "study", "robustness": try FinishedStudy(folder: folder).reportHTML()
      default: throw StudyError.withoutReport(folder.path, verb: manifest.verb)
      }
    let bytes = Data(html.utf8)
    var files = [(name: FinishedStudy.reportName, bytes: bytes)]
    let digest = FileDigest(name: FinishedStudy.reportName, bytes: bytes)
    if !manifest.outputs.contains(digest) {
      manifest.outputs = manifest.outputs.map { $0.name == digest.name ? digest : $0 }
      files.append((RunManifest.fileName, try manifest.json()))
    }
    try folder.publish(files)
  }
}

extension OutputFolder {
  /// Text of a file of a finished run.
  ///
  /// - Throws: `StudyError` `.notARun`, `.malformedRun`.
  func text(of name: String) throws -> String {
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(at: path(of: name))
    } catch {
      if error.kind == .missing { throw StudyError.notARun(path) }
      throw StudyError.malformedRun(path(of: name), error.cause)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw StudyError.malformedRun(path(of: name), "not UTF-8")
    }
    return text
  }
}
