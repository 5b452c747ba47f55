import Foundation

/// Folder of reference data that may not be committed (the brca cohort), or nil where it is
/// absent: `EQUIPOISE_REFERENCE_DATA`, else `../shared` beside the source tree.
public let referenceData: URL? = {
  let url =
    ProcessInfo.processInfo.environment["EQUIPOISE_REFERENCE_DATA"].map { URL(filePath: $0) }
    ?? repositoryRoot.deletingLastPathComponent().appending(path: "shared")
  return FileManager.default.fileExists(atPath: url.appending(path: "data/brca").path) ? url : nil
}()
