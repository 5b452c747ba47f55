import Evaluation
import LinearAlgebra

/// Patients of one draw: labelled and unlabelled ones to train on, and those to test on.
struct GateDraw {
  /// Training rows, ascending.
  let training: [Int]
  /// Class of each, -1 where its label is hidden.
  let labels: [Int]
  /// Test rows, ascending.
  let test: [Int]

  /// A draw from one fold, by the rule of ``LabelDraws``: plainly random but for two patients of
  /// each class, fewer labels a subset of more.
  ///
  /// - Parameters:
  ///   - supply: patients to label; nil labels all.
  ///   - limit: training patients in all; nil for no limit.
  init(
    labels all: [Int], plan: FoldPlan, fold: Replicate, supply: Int?, limit: Int?,
    streams: RandomStreams
  ) {
    let test = plan.testRows(repeat: fold.repeatIndex, fold: fold.fold)
    func drawn(_ count: Int?, from pool: [Int], _ name: String) -> [Int] {
      guard let count, count < pool.count else { return pool }
      var assignment = [Int](repeating: -1, count: all.count)
      for row in test { assignment[row] = 0 }
      for row in pool { assignment[row] = 1 }
      return LabelDraws(
        count: 1,
        folds: FoldPlan(assignments: [assignment], labels: all, groups: nil), labels: all,
        streams: streams.scoped(name)
      ).labelledRows(size: count, Replicate(repeatIndex: 0))
    }
    let available = plan.trainingRows(
      repeat: fold.repeatIndex, fold: fold.fold, includingUnlabelled: false)
    training = drawn(limit, from: available, "training")
    let labelled = Set(drawn(supply, from: training, "labelled"))
    labels = training.map { labelled.contains($0) ? all[$0] : -1 }
    self.test = test
  }
}
