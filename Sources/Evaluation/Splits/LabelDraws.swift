import Cohort
import LinearAlgebra

/// Which training patients keep their labels where labels are few: by number of labels and
/// replicate. The other training patients are to be used without a label, or not at all.
///
/// *Drawn*: every replicate draws from the training side of one fold, and all are judged on that
/// fold’s tested patients, so that they differ by the draw of labels alone. A draw is a plain
/// random sample, topped up to two patients of each class: all are shuffled, the first two of each
/// class are put in front, and n labels are the first n. So fewer labels of a draw are a subset of
/// more. Where a sample holds two of each class by itself, class frequencies scatter around the
/// cohort’s, as they would in a new cohort; where it does not, rare classes are raised. (A stratified
/// draw would hand every method the cohort’s class frequencies.)
///
/// *Given*: exactly the patients that a file lists for a fold of a repeat, judged on that fold.
public struct LabelDraws: Equatable, Sendable {
  /// Patients of each class that every draw begins with, as far as the training side has them: what
  /// inner folds need.
  public static let minimumPerClass = 2

  enum Source: Equatable {
    /// Training rows in the order in which they get labels, by draw.
    case drawn(orders: [[Int]], smallest: Int)
    /// Labelled rows, ascending, by number of labels and replicate.
    case given([Int: [Replicate: [Int]]])
  }
  let source: Source

  init(source: Source) {
    self.source = source
  }

  /// Draws from the training side of a plan’s first fold; draw D from the stream
  /// `split/labels/draw=D`.
  ///
  /// - Parameters:
  ///   - count: number of draws, ≥ 1.
  ///   - folds: the plan; its repeat 0, fold 0 is tested.
  ///   - labels: class of each patient, negative where unlabelled.
  ///   - patients: identifiers, so that draws follow them and not the order of the patients; nil
  ///     follows the order.
  ///   - streams: streams of the study.
  /// - Complexity: O(draws · patients).
  public init(
    count: Int, folds: FoldPlan, labels: [Int], patients: [String]? = nil, streams: RandomStreams
  ) {
    var pool = folds.trainingRows(repeat: 0, fold: 0, includingUnlabelled: false)
    if let patients {
      let rows = pool
      pool = nameOrder(rows.map { patients[$0] }).map { rows[$0] }
    }
    var smallest = 0
    let orders = (0..<count).map { draw -> [Int] in
      var stream = streams.stream("split/labels/draw=\(draw)")
      var shuffled = pool
      stream.shuffle(&shuffled)
      var taken = [Int: Int]()
      var (first, rest) = ([Int](), [Int]())
      for row in shuffled {
        let count = taken[labels[row], default: 0]
        taken[labels[row]] = count + 1
        if count < LabelDraws.minimumPerClass { first.append(row) } else { rest.append(row) }
      }
      smallest = first.count
      return first + rest
    }
    source = .drawn(orders: orders, smallest: smallest)
  }

  /// Whether all replicates are judged on the same patients and differ by the draw of labels alone:
  /// then they are independent given the test set.
  public var shareTestSet: Bool {
    if case .drawn = source { return true }
    return false
  }

  /// Numbers of labels that can be had: a range of drawn ones, a list of given ones.
  public var sizes: Sizes {
    switch source {
    case .drawn(let orders, let smallest):
      .range(smallest...max(smallest, (orders.first?.count ?? 0) - 1))
    case .given(let draws): .list(draws.keys.sorted())
    }
  }

  /// Numbers of labels that can be had.
  public enum Sizes: Equatable, Sendable {
    /// From the minimum of each class to all but one of the training side.
    case range(ClosedRange<Int>)
    /// Those of the file, ascending.
    case list([Int])

    /// Whether a number of labels is among them.
    public func contains(_ size: Int) -> Bool {
      switch self {
      case .range(let range): range.contains(size)
      case .list(let sizes): sizes.contains(size)
      }
    }
  }

  /// Replicates with that number of labels, in order.
  public func replicates(size: Int) -> [Replicate] {
    switch source {
    case .drawn(let orders, _): orders.indices.map { Replicate(repeatIndex: $0) }
    case .given(let draws): (draws[size] ?? [:]).keys.sorted()
    }
  }

  /// The fold whose tested patients judge a replicate.
  public func testedFold(of replicate: Replicate) -> Replicate {
    shareTestSet ? Replicate(repeatIndex: 0) : replicate
  }

  /// Rows that keep their labels, ascending; empty for a replicate or size that does not exist.
  public func labelledRows(size: Int, _ replicate: Replicate) -> [Int] {
    switch source {
    case .drawn(let orders, _):
      guard orders.indices.contains(replicate.repeatIndex) else { return [] }
      return orders[replicate.repeatIndex].prefix(size).sorted()
    case .given(let draws): return draws[size]?[replicate] ?? []
    }
  }
}
