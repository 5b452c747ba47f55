/// How far a study is.
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
}
