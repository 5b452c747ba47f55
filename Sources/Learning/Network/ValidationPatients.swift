import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Labelled training patients kept from weight updates, to judge when to stop.
struct ValidationPatients: Sendable {
  /// Where they stand.
  enum Place: Sendable {
    /// Outside of the graph, like new patients.
    case outside([BranchExtension])
    /// In the graph (transductive mode): their rows.
    case inside([Int])
  }

  /// Where they stand.
  let place: Place
  /// Class of each.
  let labels: [Int]
  /// ω of each class.
  let classWeights: [Double]

  /// Whether each has anything of branch `m`.
  func isMeasured(_ graph: GraphInputs, branch m: Int) -> [Bool] {
    switch place {
    case .outside(let extensions): extensions[m].isMeasured
    case .inside(let rows): rows.map { graph.branches[m].isMeasured[$0] }
    }
  }

  /// What branch `m` makes of them.
  func output(_ branch: NetworkBranch, _ graph: GraphInputs, branch m: Int) -> BranchOutput {
    switch place {
    case .outside(let extensions):
      return branch.output(
        of: extensions[m], knownHidden: branch.hidden(graph.branches[m]))
    case .inside(let rows):
      return branch.output(of: graph.branches[m]).selecting(rows: rows)
    }
  }

  /// Scores of logits on those patients that `isCounted` holds for; nil where there are none.
  func score(_ logits: Matrix, isCounted: [Bool]) -> HeadScore? {
    let rows = labels.indices.filter { isCounted[$0] }
    guard !rows.isEmpty else { return nil }
    let counted = logSoftmaxRows(logits.selecting(rows: rows))
    let truth = rows.map { labels[$0] }
    let weights = truth.map { classWeights[$0] }
    let total = orderedSum(weights)
    let loss = orderedSum(truth.indices.map { -weights[$0] * counted[$0, truth[$0]] })
    return HeadScore(
      macroF1: macroF1(
        truth: truth, predicted: argmaxRows(counted), classCount: classWeights.count),
      loss: total > 0 ? loss / total : 0)
  }
}
