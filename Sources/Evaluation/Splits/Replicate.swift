/// One training and test split of a design: a fold of a repeat, or a draw of labels.
public struct Replicate: Hashable, Sendable {
  /// Repeat, or number of the draw, from 0.
  public let repeatIndex: Int
  /// Fold within the repeat, from 0.
  public let fold: Int

  /// A fold of a repeat; draws on one test set have fold 0 alone.
  public init(repeatIndex: Int, fold: Int = 0) {
    self.repeatIndex = repeatIndex
    self.fold = fold
  }
}

extension Replicate: Comparable {
  /// By repeat, then fold.
  public static func < (a: Replicate, b: Replicate) -> Bool {
    (a.repeatIndex, a.fold) < (b.repeatIndex, b.fold)
  }
}
