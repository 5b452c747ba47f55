import Cohort
import Evaluation
import LinearAlgebra

/// Patients of one draw: labelled and unlabelled ones to train on, and those to test on.
struct LabelDraw {
  /// Training rows, ascending.
  let training: [Int]
  /// Class of each, -1 where its label is hidden.
  let labels: [Int]
  /// Test rows, ascending.
  let test: [Int]

  /// Draws from a fold.
  ///
  /// Of each class, in the order of one shuffle per fold, the first patients are labelled, so that
  /// smaller supplies are nested in larger ones; shares are proportional, at least two of a class.
  ///
  /// - Parameters:
  ///   - supply: patients to label; nil labels all.
  ///   - limit: training patients in all; nil for no limit.
  init(
    labels all: [Int], classCount: Int, plan: FoldPlan, repeat index: Int, fold: Int,
    supply: Int?, limit: Int?, streams: RandomStreams
  ) {
    test = plan.testRows(repeat: index, fold: fold)
    let available = plan.trainingRows(repeat: index, fold: fold)
    var stream = streams.stream("labelled")
    var byClass = (0..<classCount).map { c in available.filter { all[$0] == c } }
    for c in byClass.indices { stream.shuffle(&byClass[c]) }
    func firsts(_ count: Int) -> [Int] {
      let total = Double(available.count)
      let taken = byClass.map { rows in
        min(rows.count, max(2, Int((Double(count * rows.count) / total).rounded())))
      }
      return zip(byClass, taken).flatMap { Array($0.prefix($1)) }
    }
    training = (limit.map(firsts) ?? available).sorted()
    let labelled = Set(supply.map(firsts) ?? training)
    labels = training.map { labelled.contains($0) ? all[$0] : -1 }
  }
}
