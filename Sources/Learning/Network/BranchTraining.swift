import LinearAlgebra
import NeuralNetwork

/// Trains one branch with its own head.
struct BranchTraining: Sendable {
  /// Constants of the network.
  let configuration: RelationalNetworkConfiguration
  /// Labels the loss may see.
  let labels: LossLabels
  /// Most epochs.
  let epochs: Int

  /// The branch after training; with validation patients the best one by their macro-F1.
  ///
  /// - Parameters:
  ///   - start: weights to begin with.
  ///   - graph: inputs; the branch is number `m` of them.
  ///   - teaching: what the branch is taught; nil without a teacher.
  ///   - validation: patients to stop by; nil trains all epochs.
  ///   - streams: dropout streams, scoped by epoch.
  func trained(
    from start: NetworkBranch, _ graph: GraphInputs, branch m: Int, teaching: Teaching? = nil,
    validation: ValidationPatients? = nil, streams: RandomStreams
  ) -> NetworkBranch {
    let input = graph.branches[m]
    var tape = Tape()
    let recorded = RecordedBranch(
      start, input, name: "branch=\(graph.names[m])", configuration: configuration, on: &tape)
    let loss = BranchLoss(
      logits: recorded.logits, labels: labels, isMeasured: input.isMeasured, teaching: teaching,
      temperature: configuration.distillationTemperature, on: &tape)
    let leaves = recorded.encoder + recorded.head
    var optimizer = TapeOptimizer(
      leaves, configuration.descent, gradientLimit: configuration.gradientLimit,
      penalty: labels.penalty(configuration), on: tape)
    var stopping = EarlyStopping<NetworkBranch>(patience: configuration.patience)
    for epoch in 0..<epochs {
      tape.evaluate(dropout: streams.scoped("epoch=\(epoch)"))
      optimizer.step(tape.gradients(of: loss.total, for: leaves), on: &tape)
      guard let validation, (epoch + 1) % configuration.evaluationInterval == 0 else { continue }
      let branch = recorded.branch(on: tape)
      let score = validation.score(
        validation.output(branch, graph, branch: m).logits(branch.head),
        isCounted: validation.isMeasured(graph, branch: m))
      stopping.note(
        score: [score?.macroF1 ?? 0, -(score?.loss ?? 0)], epoch: epoch + 1, branch)
      if stopping.isOver(epoch: epoch + 1) { break }
    }
    return stopping.best ?? recorded.branch(on: tape)
  }
}
