import Dispatch

/// How far a study, or an audit, is.
public struct StudyProgress: Equatable, Sendable {
  /// Tasks finished, those of an earlier run included.
  public let done: Int
  /// Tasks in all.
  public let total: Int
  /// Tasks finished by this process.
  public let doneHere: Int
  /// Seconds since this process began its tasks.
  public let seconds: Double

  /// Seconds that the rest will take at the pace so far; nil before the first task is done.
  public var secondsLeft: Double? {
    doneHere > 0 ? seconds / Double(doneHere) * Double(total - done) : nil
  }

  /// Measures a run that this process makes as a whole.
  package struct Clock: Sendable {
    private let start = DispatchTime.now().uptimeNanoseconds

    /// A clock that starts now.
    package init() {}

    /// Progress at this moment.
    package func progress(done: Int, total: Int) -> StudyProgress {
      StudyProgress(
        done: done, total: total, doneHere: done,
        seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    }
  }
}
