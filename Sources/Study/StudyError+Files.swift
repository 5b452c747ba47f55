import Boundary

extension StudyError {
  /// An error about a file that is written, with the system's own words for the cause.
  init(_ fault: FileFault) {
    switch fault.kind {
    case .writeFailed: self = .writeFailed(fault.path, fault.cause)
    case .unwritable, .missing, .unreadable, .notRegular, .tooLarge:
      self = .unwritable(fault.path, fault.cause)
    }
  }

  /// An error about a file of a run that is read; nil if there is none.
  static func reading(_ fault: FileFault) -> StudyError? {
    fault.kind == .missing ? nil : .malformedRun(fault.path, fault.cause)
  }

  /// A lock that was not given.
  static func notLocked(_ place: String, _ fault: OutputLock.Fault) -> StudyError {
    switch fault {
    case .file(let fault): return StudyError(fault)
    case .held(let holder):
      let words = holder.map {
        "process \($0.process) on host \($0.host) (equipoise \($0.verb)), since \($0.since)"
      }
      return StudyError(
        .outputLocked, "another process is writing there", location: place,
        found: words ?? "a process that has just begun", expected: "one process at a time",
        remedy: "wait until it has ended, or choose another --out")
    }
  }

  static func isInputFile(_ path: String) -> StudyError {
    StudyError(
      .outputOccupied, "the output would replace a file that is read", location: path,
      expected: "a place where no input is", remedy: "choose another place, also with --force")
  }
}
