import Cohort
import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Who takes which part in one training of a network.
struct NetworkPatients: Sendable {
  /// Rows of the training table that are in the graph.
  let graphRows: [Int]
  /// Of those, the ones preprocessing is fitted on, as positions in ``graphRows``.
  let fittedPositions: [Int]
  /// Class of each graph row as the loss may see it; -1 for unlabelled and kept ones.
  let lossLabels: [Int]
  /// Whether each graph row is an unlabelled training patient.
  let isUnlabelled: [Bool]
  /// Rows of the training table kept from weight updates.
  let keptRows: [Int]

  /// All training patients but the kept ones; in transductive mode the graph has everyone.
  ///
  /// - Parameters:
  ///   - keptRows: labelled training rows without part in weight updates, ascending.
  ///   - isTransductive: whether kept rows and patients to be predicted are in the graph.
  init(_ training: TrainingView, keeping keptRows: [Int], isTransductive: Bool) {
    let kept = Set(keptRows)
    let count = isTransductive ? training.table.patientCount : training.trainingCount
    let rows = (0..<count).filter { isTransductive || !kept.contains($0) }
    fittedPositions = rows.indices.filter {
      rows[$0] < training.trainingCount && !kept.contains(rows[$0])
    }
    func label(_ row: Int) -> Int { row < training.trainingCount ? training.labels[row] : -1 }
    graphRows = rows
    lossLabels = rows.map { kept.contains($0) ? -1 : label($0) }
    isUnlabelled = rows.map { $0 < training.trainingCount && label($0) < 0 }
    self.keptRows = keptRows
  }

  /// Fits preprocessing and builds the graph and its inputs.
  func inputs(
    _ training: TrainingView, names: [String], options: PreprocessingOptions,
    configuration: RelationalNetworkConfiguration
  ) throws -> GraphInputs {
    let rows = fittedPositions.map { graphRows[$0] }
    let prepared = PreparedModalities(
      names: names, table: training.table.selecting(rows: rows),
      labels: rows.map { training.labels[$0] }, options: options)
    return try GraphInputs(prepared, training.table.selecting(rows: graphRows), configuration)
  }
}

extension TrainingView {
  /// Inner fold of each training row, -1 where unlabelled.
  func innerFolds(_ context: FitContext) -> [Int] {
    stratifiedFolds(
      labels: labels, folds: max(2, context.innerFolds), groups: groups,
      stream: context.streams.stream("split/inner"))
  }

  /// A fifth of the labelled rows, stratified, kept from weight updates; a class's only patient is
  /// never among them.
  func validationRows(_ context: FitContext) -> [Int] {
    let folds = stratifiedFolds(
      labels: labels, folds: 5, groups: groups, stream: context.streams.stream("split/inner"))
    var counts = [Int](repeating: 0, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    return labels.indices.filter { folds[$0] == 0 && counts[labels[$0]] > 1 }
  }

  /// Shares of the classes among labelled training patients.
  var classShares: [Double] {
    var counts = [Double](repeating: 0, count: classCount)
    for label in labels where label >= 0 { counts[label] += 1 }
    let total = counts.reduce(0, +)
    return counts.map { total > 0 ? $0 / total : 1 / Double(classCount) }
  }
}

/// Labelled training patients kept from weight updates, to judge when to stop.
struct ValidationPatients: Sendable {
  /// Whether they are in the graph.
  enum Place: Sendable {
    /// Outside of the graph, like new patients.
    case outside([BranchExtension])
    /// In the graph (transductive mode): their rows.
    case inside([Int])
  }

  /// Whether they are in the graph.
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
