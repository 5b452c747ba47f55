import Foundation

/// The built program run by a shell, where a test is about redirections, signals or two processes.
///
/// `$E` names the program. The working folder is the cohort's parent, where `c` is the cohort.
func shell(_ script: String, _ cohort: CohortFolder) throws -> Program.Outcome {
  let link = "\(cohort.parent)/c"
  if !FileManager.default.fileExists(atPath: link) {
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: cohort.path)
  }
  return try Program.run(
    ["-c", script], in: cohort.parent,
    environment: ["E": Program.url.path(percentEncoded: false)], program: URL(filePath: "/bin/sh"))
}
