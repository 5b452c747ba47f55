import Cohort
import Learning

extension StudyError {
  static func unknownMethod(_ name: String, nearest: String?) -> StudyError {
    StudyError(
      .unknownMethod, "unknown method", found: name,
      expected: "a preset (quick, standard, all) or a method such as logistic:concat",
      remedy: nearest.map { "did you mean \($0)?" } ?? "see `equipoise study --help`")
  }

  static func badSetting(
    _ setting: String, found: String, expected: String, remedy: String = ""
  ) -> StudyError {
    StudyError(
      .badOption, "a setting that cannot be studied", location: "settings, \(setting)",
      found: found, expected: expected,
      remedy: remedy.isEmpty ? "see `equipoise robustness --help`" : remedy)
  }

  static func learnerFailed(_ task: StudyTask, _ reason: String) -> StudyError {
    StudyError(
      .learnerFailed, "a method failed", location: task.description, found: reason,
      remedy: "leave the method out with --methods; finished tasks are kept for --resume")
  }

  static func learnerRefused(_ task: StudyTask, _ error: CohortError) -> StudyError {
    StudyError(
      .learnerRefused, "a method cannot be fitted on these data: \(error.code.summary)",
      location: [task.description, error.place].filter { !$0.isEmpty }.joined(separator: ", "),
      found: error.found ?? "", expected: error.expected ?? "", remedy: error.remedy ?? "")
  }

  static func learnerRefused(_ task: StudyTask, _ error: LearningError) -> StudyError {
    StudyError(
      .learnerRefused, "a method cannot be fitted on these data", location: task.description,
      found: error.found, expected: error.expected,
      remedy: "leave the method out with --methods; finished tasks are kept for --resume")
  }

  static func occupied(_ folder: String, foundName: String) -> StudyError {
    StudyError(
      .outputOccupied, "the output folder is not empty", location: folder,
      found: foundName, expected: "an empty or absent folder",
      remedy: "choose another --out, continue with --resume, or overwrite with --force")
  }

  static func isInput(_ folder: String) -> StudyError {
    StudyError(
      .outputOccupied, "the output folder is the cohort's own folder", location: folder,
      expected: "another folder; one inside the cohort's is fine",
      remedy: "choose another --out")
  }

  static func unwritable(_ path: String, _ reason: String) -> StudyError {
    StudyError(
      .outputUnwritable, "the output cannot be written", location: path, found: reason,
      expected: "a folder that can be created and written into",
      remedy: "choose another --out, or change its permissions")
  }

  static func writeFailed(_ path: String, _ reason: String) -> StudyError {
    StudyError(
      .writeFailed, "a file of the run could not be written", location: path, found: reason,
      remedy: "check the space left on the disk; finished tasks are kept for --resume")
  }

  static func runDiffers(_ key: String, found: String, expected: String) -> StudyError {
    StudyError(
      .runDiffers, "the run to be resumed is another one", location: key, found: found,
      expected: expected,
      remedy: "repeat the options of run.json, or start anew with --force or another --out")
  }

  package static func notARun(_ folder: String) -> StudyError {
    StudyError(
      .notARun, "no finished run is there", location: folder,
      expected: "a folder with run.json, as `study` and `audit` write it",
      remedy: "give the folder that was --out, or finish the run with --resume")
  }

  package static func withoutReport(_ folder: String, verb: String) -> StudyError {
    StudyError(
      .notARun, "this run has no report", location: folder, found: "a run of `\(verb)`",
      expected: "a run of `study` or `audit`")
  }

  package static func malformedRun(_ path: String, _ reason: String) -> StudyError {
    StudyError(
      .malformedRun, "a file of the run cannot be understood", location: path, found: reason,
      remedy: "the file was changed or is of another version; run it again")
  }
}
