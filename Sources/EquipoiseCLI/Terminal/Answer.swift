import Boundary
import Foundation

/// The answer on standard output.
///
/// - Throws: ``Failure`` 74 if it cannot be written: closed, full, or a pipe that nobody reads.
enum Answer {
  /// Lines for people; unseen characters in names are written out.
  static func show(_ text: String) throws(Failure) {
    try write(visibleText(text, keeping: "\n"))
  }

  /// JSON. Formatting marks within it, which may only be in strings, become escapes of JSON: another
  /// program reads the same text, and a terminal is not steered by it.
  static func json(_ text: String) throws(Failure) {
    try write(visibleJSON(text))
  }

  /// Data for another program, as it is.
  static func write(_ text: String) throws(Failure) {
    let text = text.hasSuffix("\n") ? text : text + "\n"
    guard !StandardStreams.isOutputClosed else { throw .answerLost("it is closed") }
    guard Descriptor.write(text, to: STDOUT_FILENO) else {
      throw .answerLost(FileFault.words(errno))
    }
  }
}

extension Failure {
  fileprivate static func answerLost(_ cause: String) -> Failure {
    Failure(
      .inputOutput, "the answer could not be written to standard output", found: cause,
      expected: "an open standard output with room",
      remedy: "check where standard output goes; files that the command writes are complete")
  }

  /// What is shown when a signal ends the program.
  init(interruption aftermath: ProcessEnding.Aftermath) {
    switch aftermath {
    case .nothingWritten:
      self.init(
        .interrupted, "interrupted; nothing was written",
        remedy: "run the command again; there is nothing to resume")
    case .resumable:
      self.init(
        .interrupted, "interrupted; finished tasks are kept",
        remedy: "run the same command with --resume to continue")
    case .complete:
      self.init(
        .interrupted, "interrupted after all files were written",
        remedy: "the files are complete; nothing has to be run again")
    }
  }
}
