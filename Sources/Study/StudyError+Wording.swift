extension StudyError {
  static func unknownMethod(_ name: String, nearest: String?) -> StudyError {
    StudyError(
      .unknownMethod, "unknown method", found: name,
      expected: "a preset (quick, standard, all) or a method such as logistic:concat",
      remedy: nearest.map { "did you mean \($0)?" } ?? "see `equipoise study --help`")
  }

  static func unknownModality(_ name: String, known: [String]) -> StudyError {
    StudyError(
      .unknownModality, "unknown modality", found: name,
      expected: "one of \(known.joined(separator: ", "))",
      remedy: nearestName(to: name, among: known).map { "did you mean \($0)?" } ?? "")
  }

  static func noLabelledPatients(_ found: String) -> StudyError {
    StudyError(
      .noLabelledPatients, "no labelled patient with any modality", found: found,
      expected: "identifiers shared by the labels and the modality files",
      remedy: "look at `equipoise inspect` on this cohort; check the spelling of identifiers")
  }

  static func singleClass(_ name: String, column: String) -> StudyError {
    StudyError(
      .singleClass, "all labelled patients are of one class", location: "label \(column)",
      found: name, expected: "at least two classes",
      remedy: "choose another label with --label, or keep more patients")
  }

  static func singletonClass(_ name: String, column: String) -> StudyError {
    StudyError(
      .singletonClass, "a class has a single labelled patient", location: "label \(column)",
      found: "one patient of class \(name)", expected: "at least two patients of each class",
      remedy: "leave the class out with --where '\(column)!=\(name)', or merge it into another")
  }

  static func emptyModality(_ name: String) -> StudyError {
    StudyError(
      .emptyModality, "a modality has no value at all", location: "modality \(name)",
      found: "only missing cells", expected: "measurements of some patients",
      remedy: "remove its file, or name the others with --modalities")
  }

  static func learnerFailed(_ task: StudyTask, _ reason: String) -> StudyError {
    StudyError(
      .learnerFailed, "a method failed", location: task.description, found: reason,
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

  static func notARun(_ folder: String) -> StudyError {
    StudyError(
      .notARun, "no finished run is there", location: folder,
      expected: "a folder with run.json and summary.json, as `study` writes it",
      remedy: "give the folder that was --out, or finish the run with --resume")
  }

  static func malformedRun(_ path: String, _ reason: String) -> StudyError {
    StudyError(
      .malformedRun, "a file of the run cannot be understood", location: path, found: reason,
      remedy: "the file was changed or is of another version; run the study again")
  }

  /// What is said when SIGINT or SIGTERM ends a run.
  package static let interrupted = StudyError(
    .interrupted, "interrupted; finished tasks are kept",
    remedy: "run the same command with --resume to continue")
}
