import Evaluation

/// One method on one fold of one repeat, or one draw, under one setting: the unit of work, of
/// resuming and of sharding.
public struct StudyTask: Codable, Hashable, Sendable {
  /// Setting of a robustness study; nil in a study as the cohort stands.
  public let setting: String?
  /// Method name.
  public let method: String
  /// Repeat or draw, from 0.
  public let repeatIndex: Int
  /// Fold within the repeat, from 0.
  public let fold: Int

  /// Creates a task.
  public init(setting: String? = nil, method: String, repeatIndex: Int, fold: Int) {
    self.setting = setting
    self.method = method
    self.repeatIndex = repeatIndex
    self.fold = fold
  }

  enum CodingKeys: String, CodingKey {
    case setting, method
    case repeatIndex = "repeat"
    case fold
  }

  /// The split that it works on.
  public var replicate: Replicate { Replicate(repeatIndex: repeatIndex, fold: fold) }

  /// Stable identifier, for example `repeat=0/fold=3/method=logistic:mrna`.
  public var identifier: String {
    (setting.map { "setting=\($0)/" } ?? "") + "repeat=\(repeatIndex)/fold=\(fold)/method=\(method)"
  }
}

extension StudyTask: CustomStringConvertible {
  /// In words, for messages.
  public var description: String {
    "method \(method), " + (setting.map { "setting \($0), " } ?? "")
      + "repeat \(repeatIndex), fold \(fold)"
  }
}
