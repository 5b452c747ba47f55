import Cohort
import Evaluation
import LinearAlgebra
import NeuralNetwork

/// Logits of every modality for every training patient, by networks that did not see its label.
///
/// A labelled patient's come from the network of its inner fold, in which it stood outside of
/// preprocessing and graph; an unlabelled one's are the mean log-probabilities of all of them.
struct OutOfFoldLogits: Sendable {
  /// Modality names.
  let names: [String]
  /// Per modality training patients × classes.
  let logits: [Matrix]
  /// Per modality the same with class weights taken back, o - ln ω, to the natural class shares.
  let naturalLogits: [Matrix]
  /// Per modality, whether each training patient has such logits.
  let isAvailable: [[Bool]]
  /// Inner fold of each training patient, -1 where unlabelled.
  let folds: [Int]

  init(
    _ training: TrainingView, names: [String], _ context: FitContext,
    _ configuration: RelationalNetworkConfiguration
  ) throws {
    let folds = training.innerFolds(context)
    let empty = Matrix(rows: training.trainingCount, columns: training.classCount)
    var plain = [Matrix](repeating: empty, count: names.count)
    var natural = plain
    var available = names.map { _ in [Bool](repeating: false, count: folds.count) }
    let unlabelled = folds.indices.filter { folds[$0] < 0 }
    var meanCount = [Double](repeating: 0, count: names.count)
    for fold in 0..<((folds.max() ?? -1) + 1) {
      let heldRows = folds.indices.filter { folds[$0] == fold }
      guard !heldRows.isEmpty else { continue }
      let result = try Self.fold(
        training, held: heldRows, unlabelled: unlabelled, names: names, context, configuration,
        streams: context.streams.scoped("relational-network/inner=\(fold)"))
      for m in names.indices {
        // A modality of no use without the held-out patients has no prediction for them.
        guard let held = result.held[m], let others = result.unlabelled[m] else { continue }
        let shift = result.classWeights.map { $0 > 0 ? -logarithm($0) : 0 }
        for (position, row) in heldRows.enumerated() where held.isMeasured[position] {
          available[m][row] = true
          for c in shift.indices {
            let logit = held.logits[position, c]
            plain[m][row, c] = logit
            natural[m][row, c] = logit + shift[c]
          }
        }
        guard !unlabelled.isEmpty else { continue }
        meanCount[m] += 1
        let logs = logSoftmaxRows(others.logits)
        for (position, row) in unlabelled.enumerated() where others.isMeasured[position] {
          available[m][row] = true
          for c in shift.indices {
            plain[m][row, c] += logs[position, c]
            natural[m][row, c] += logs[position, c] + shift[c]
          }
        }
      }
    }
    for m in names.indices where meanCount[m] > 0 {
      for row in unlabelled {
        for c in 0..<training.classCount {
          plain[m][row, c] /= meanCount[m]
          natural[m][row, c] /= meanCount[m]
        }
      }
    }
    self.names = names
    self.folds = folds
    logits = plain
    naturalLogits = natural
    isAvailable = available
  }

  private struct Answer {
    var logits: Matrix
    var isMeasured: [Bool]
  }

  /// Networks of one inner fold, asked about its held-out and the unlabelled patients.
  private static func fold(
    _ training: TrainingView, held: [Int], unlabelled: [Int], names: [String],
    _ context: FitContext, _ configuration: RelationalNetworkConfiguration,
    streams: RandomStreams
  ) throws -> (held: [Answer?], unlabelled: [Answer?], classWeights: [Double]) {
    // Patients to be predicted have no part in signals, not even in transductive mode.
    let patients = NetworkPatients(training, keeping: held, isTransductive: false)
    let graph = try patients.inputs(
      training, names: names, options: context.preprocessing, configuration: configuration)
    let labels = LossLabels(
      patients.lossLabels, classCount: training.classCount,
      weighting: configuration.classWeighting)
    let trainer = BranchTraining(
      configuration: configuration, labels: labels, epochs: configuration.signalEpochs)
    let extensions = graph.extended(to: training.table.selecting(rows: held))
    let positions = patients.isUnlabelled.indices.filter { patients.isUnlabelled[$0] }
    var answers: (held: [Answer?], unlabelled: [Answer?]) = ([], [])
    for name in names {
      guard let m = graph.names.firstIndex(of: name) else {
        answers.held.append(nil)
        answers.unlabelled.append(nil)
        continue
      }
      let start = NetworkBranch(
        gatheredWidth: graph.branches[m].gathered.columnCount,
        classCount: training.classCount, configuration: configuration,
        streams: streams.scoped("init/branch=\(name)"))
      let branch = trainer.trained(
        from: start, graph, branch: m, streams: streams.scoped("branch=\(name)"))
      let hidden = branch.hidden(graph.branches[m])
      answers.held.append(
        Answer(
          logits: branch.output(of: extensions[m], knownHidden: hidden).logits(branch.head),
          isMeasured: extensions[m].isMeasured))
      let own = branch.output(of: graph.branches[m]).selecting(rows: positions)
      answers.unlabelled.append(
        Answer(
          logits: own.logits(branch.head),
          isMeasured: positions.map { graph.branches[m].isMeasured[$0] }))
    }
    return (answers.held, answers.unlabelled, labels.classWeights)
  }
}
