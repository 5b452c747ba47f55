/// What can go wrong when a study is planned, run or written.
public struct StudyError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// A method name that no provider knows.
    case unknownMethod
    /// An option outside its range, or two that contradict each other.
    case badOption
    /// A fold leaves fewer than two classes to train on.
    case foldWithoutClasses
    /// A learner failed, or returned something that is not a set of probabilities.
    case learnerFailed
    /// A learner found the data of a fold unfit.
    case learnerRefused
    /// The output folder is not empty, or is not one to write into.
    case outputOccupied
    /// The output folder cannot be created or written into.
    case outputUnwritable
    /// Another process is writing to the same place.
    case outputLocked
    /// Writing or reading a file of the run failed.
    case writeFailed
    /// The run to be resumed had other inputs or options.
    case runDiffers
    /// A folder that should hold a run does not.
    case notARun
    /// A file of a run cannot be understood.
    case malformedRun
  }

  /// The kind of failure.
  public let code: Code
  /// What went wrong, as one clause.
  public let what: String
  /// Where: a file, a class, a method and fold; empty if not tied to a place.
  public let location: String
  /// What was found; may be empty.
  public let found: String
  /// What was expected instead; may be empty.
  public let expected: String
  /// What to do about it; may be empty.
  public let remedy: String

  /// Creates an error.
  public init(
    _ code: Code, _ what: String, location: String = "", found: String = "",
    expected: String = "", remedy: String = ""
  ) {
    self.code = code
    self.what = what
    self.location = location
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }
}
