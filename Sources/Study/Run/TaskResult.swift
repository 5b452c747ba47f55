import Cohort

/// What came out of one task. Doubles survive the journal exactly (shortest round-trip form).
public struct TaskResult: Codable, Equatable, Sendable {
  /// Which task.
  public let task: StudyTask
  /// Class probabilities, one row per test patient of the fold in ascending row order.
  public let probabilities: [[Double]]
  /// What the fit decided, if it told.
  public let record: FitRecord?
  /// Seconds of fitting and predicting, without what was shared in the fold.
  public let seconds: Double

  /// Creates a result.
  public init(task: StudyTask, probabilities: [[Double]], record: FitRecord?, seconds: Double) {
    self.task = task
    self.probabilities = probabilities
    self.record = record
    self.seconds = seconds
  }
}

/// Seconds that the methods of one fit spent on values they share, counted once.
public struct SharedTime: Codable, Equatable, Sendable {
  /// First of the settings that share the fit; nil in a study as the cohort stands.
  public let setting: String?
  /// Repeat or draw, from 0.
  public let repeatIndex: Int
  /// Fold, from 0.
  public let fold: Int
  /// Seconds.
  public let seconds: Double

  enum CodingKeys: String, CodingKey {
    case setting
    case repeatIndex = "repeat"
    case fold, seconds
  }

  /// Creates a time.
  public init(setting: String? = nil, repeatIndex: Int, fold: Int, seconds: Double) {
    self.setting = setting
    self.repeatIndex = repeatIndex
    self.fold = fold
    self.seconds = seconds
  }
}
