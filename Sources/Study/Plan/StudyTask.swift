/// One method on one fold of one repeat: the unit of work, of resuming and of sharding.
public struct StudyTask: Codable, Hashable, Sendable {
  /// Method name.
  public let method: String
  /// Repeat, from 0.
  public let repeatIndex: Int
  /// Fold within the repeat, from 0.
  public let fold: Int

  /// Creates a task.
  public init(method: String, repeatIndex: Int, fold: Int) {
    self.method = method
    self.repeatIndex = repeatIndex
    self.fold = fold
  }

  enum CodingKeys: String, CodingKey {
    case method
    case repeatIndex = "repeat"
    case fold
  }

  /// Stable identifier, for example `repeat=0/fold=3/method=logistic:mrna`.
  public var identifier: String { "repeat=\(repeatIndex)/fold=\(fold)/method=\(method)" }
}

extension StudyTask: CustomStringConvertible {
  /// In words, for messages.
  public var description: String { "method \(method), repeat \(repeatIndex), fold \(fold)" }
}
