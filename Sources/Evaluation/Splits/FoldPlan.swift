import Cohort
import LinearAlgebra

/// Which patients are tested in which fold of which repeat, and so which ones train.
///
/// A repeat's training patients are those of its other folds, and the unlabelled ones (which are
/// never tested). A labelled patient that a repeat does not name takes no part in it. With groups,
/// unlabelled patients of a tested group do not train either.
public struct FoldPlan: Equatable, Sendable {
  /// For each repeat the fold in which each patient is tested; -1: not tested in that repeat.
  public let assignments: [[Int]]
  /// Whether each patient has a label.
  public let isLabelled: [Bool]
  /// Group of each patient, or nil.
  public let groups: [String]?

  /// A plan over given assignments, taken as they are.
  package init(assignments: [[Int]], labels: [Int], groups: [String]?) {
    self.assignments = assignments
    isLabelled = labels.map { $0 >= 0 }
    self.groups = groups
  }

  /// Repeated stratified folds: repeat R draws from the stream `split/outer/repeat=R`.
  ///
  /// - Parameters:
  ///   - labels: class of each patient, negative where unlabelled.
  ///   - patients: identifiers, so that folds follow them and not the order of the patients; nil
  ///     follows the order.
  ///   - folds: folds a repeat, ≥ 2.
  ///   - repeats: number of repeats; nil takes ``automaticRepeats(labelledCount:)``.
  ///   - groups: group of each patient, or nil.
  ///   - streams: streams of the study.
  public init(
    labels: [Int], patients: [String]? = nil, folds: Int = 5, repeats: Int? = nil,
    groups: [String]? = nil, streams: RandomStreams
  ) {
    precondition(patients == nil || patients?.count == labels.count, "one identifier per patient")
    let order = patients.map(nameOrder) ?? Array(labels.indices)
    let ordered = order.map { labels[$0] }
    let orderedGroups = groups.map { groups in order.map { groups[$0] } }
    let count =
      repeats ?? FoldPlan.automaticRepeats(labelledCount: labels.count { $0 >= 0 })
    let assignments = (0..<count).map { index in
      let dealt = stratifiedFolds(
        labels: ordered, folds: folds, groups: orderedGroups,
        stream: streams.stream("split/outer/repeat=\(index)"))
      var assignment = dealt
      for (position, row) in order.enumerated() { assignment[row] = dealt[position] }
      return assignment
    }
    self.init(assignments: assignments, labels: labels, groups: groups)
  }

  /// Repeats when none are asked for: 10 below 200 labelled patients, 5 below 500, else 3.
  public static func automaticRepeats(labelledCount: Int) -> Int {
    labelledCount < 200 ? 10 : labelledCount < 500 ? 5 : 3
  }

  /// Number of patients covered, tested or not.
  public var patientCount: Int { isLabelled.count }

  /// Number of repeats.
  public var repeatCount: Int { assignments.count }

  /// Number of folds of a repeat: one more than the largest fold in it.
  public func foldCount(repeat index: Int) -> Int {
    (assignments[index].max() ?? -1) + 1
  }

  /// Rows tested in a fold, ascending.
  public func testRows(repeat index: Int, fold: Int) -> [Int] {
    let assignment = assignments[index]
    return assignment.indices.filter { assignment[$0] == fold }
  }

  /// Rows trained on for a fold, ascending: labelled ones of the repeat's other folds, and
  /// unlabelled ones (none of them with `includingUnlabelled` false).
  public func trainingRows(
    repeat index: Int, fold: Int, includingUnlabelled: Bool = true
  ) -> [Int] {
    let assignment = assignments[index]
    var tested = Set<String>()
    if let groups, includingUnlabelled {
      tested = Set(testRows(repeat: index, fold: fold).map { groups[$0] })
    }
    return assignment.indices.filter { row in
      if isLabelled[row] { return assignment[row] >= 0 && assignment[row] != fold }
      guard includingUnlabelled else { return false }
      return groups.map { !tested.contains($0[row]) } ?? true
    }
  }

  /// Folds in which some patient is tested, as (repeat, fold), in order.
  public var tasks: [(repeat: Int, fold: Int)] {
    (0..<repeatCount).flatMap { index in
      (0..<foldCount(repeat: index)).compactMap { fold in
        assignments[index].contains(fold) ? (repeat: index, fold: fold) : nil
      }
    }
  }
}
