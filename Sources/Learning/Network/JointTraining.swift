import LinearAlgebra
import NeuralNetwork

/// Joint training of all branches and the fused head: stage 2 of `paper`, and all of its rivals.
///
/// What the parts follow is a ``Balancer``'s choice. The last network is kept, or, where training
/// stops early, the best one by the fused head's macro-F1 on validation patients.
struct JointTraining: Sendable {
  /// Constants and switches.
  let configuration: RelationalNetworkConfiguration
  /// Inputs of all branches.
  let graph: GraphInputs
  /// Labels the losses may see.
  let labels: LossLabels
  /// α_im of the graph's patients, patients × modalities.
  let emphasis: Matrix
  /// α_im of validation patients.
  let validationEmphasis: Matrix
  /// Patients to stop by.
  let validation: ValidationPatients
  /// What each branch is taught; nil without a teacher.
  let teaching: [Teaching?]

  /// Trains from `start`; what the balancer recorded stays in `balancer`.
  func trained(
    from start: JointNetwork, balancer: inout any Balancer, streams: RandomStreams,
    observing: (JointLook, any Balancer) -> Void
  ) -> JointNetwork {
    var recording = JointRecording(
      start, graph.branches, names: graph.names, labels: labels, emphasis: emphasis,
      teaching: teaching, configuration: configuration)
    var optimizer = TapeOptimizer(
      recording.leaves, configuration.descent, gradientLimit: configuration.gradientLimit,
      penalty: labels.penalty(configuration), on: recording.tape)
    var stopping = EarlyStopping<JointNetwork>(patience: configuration.patience)
    balancer.observe(look(start, epoch: 0))
    for epoch in 0..<configuration.epochs {
      setTeachers(epoch: epoch, &recording)
      let epochStreams = streams.scoped("epoch=\(epoch)")
      let stepCount = balancer.stepsPerEpoch(branchCount: graph.branches.count)
      for step in 0..<stepCount {
        let stepStreams = step == 0 ? epochStreams : epochStreams.scoped("step=\(step)")
        recording.tape.evaluate(dropout: stepStreams)
        var gradients = balancer.gradients(
          JointStep(
            epoch: epoch, epochCount: configuration.epochs, index: step, recording: recording,
            labels: labels, emphasis: emphasis, isMeasured: graph.branches.map(\.isMeasured),
            streams: stepStreams.scoped("balancer")))
        for (m, name) in graph.names.enumerated() {
          gradients.stepFactors[m] *= configuration.encoderSpeeds[name] ?? 1
        }
        optimizer.step(gradients, on: &recording)
      }
      guard (epoch + 1) % configuration.evaluationInterval == 0 else { continue }
      let network = recording.network
      let look = look(network, epoch: epoch + 1)
      balancer.observe(look)
      observing(look, balancer)
      guard configuration.stopsEarly else { continue }
      stopping.note(
        score: [look.validation.fused?.macroF1 ?? 0, -(look.validation.fused?.loss ?? 0)],
        epoch: epoch + 1, network)
      if stopping.isOver(epoch: epoch + 1) { break }
    }
    return stopping.best ?? recording.network
  }

  /// The teachers' part falls linearly to 0.
  private func setTeachers(epoch: Int, _ recording: inout JointRecording) {
    let left = max(0, 1 - Double(epoch) / Double(max(configuration.teacherDecayEpochs, 1)))
    for (m, teaching) in teaching.enumerated() {
      guard let teaching else { continue }
      recording.losses[m].setShare(left * teaching.share, on: &recording.tape)
    }
  }

  /// Scores of all heads.
  private func look(_ network: JointNetwork, epoch: Int) -> JointLook {
    JointLook(
      epoch: epoch, validation: scores(network, validation, emphasis: validationEmphasis),
      training: { trainingScores(network) })
  }

  /// Scores on the patients that the weights follow, without dropout.
  private func trainingScores(_ network: JointNetwork) -> NetworkScores {
    let rows = labels.labels.indices.filter { labels.labels[$0] >= 0 }
    let patients = ValidationPatients(
      place: .inside(rows), labels: rows.map { labels.labels[$0] },
      classWeights: labels.classWeights)
    return scores(network, patients, emphasis: emphasis.selecting(rows: rows))
  }

  private func scores(
    _ network: JointNetwork, _ patients: ValidationPatients, emphasis: Matrix
  ) -> NetworkScores {
    // Without patients there is nothing to compute.
    guard !patients.labels.isEmpty else {
      return NetworkScores(fused: nil, modalities: network.branches.map { _ in nil })
    }
    let outputs = network.branches.indices.map {
      patients.output(network.branches[$0], graph, branch: $0)
    }
    let isFused = (0..<emphasis.rowCount).map { i in emphasis.row(i).contains { $0 > 0 } }
    return NetworkScores(
      fused: patients.score(
        BranchOutput.fusedLogits(outputs, shares: emphasis, head: network.head),
        isCounted: isFused),
      modalities: outputs.indices.map { m in
        patients.score(
          outputs[m].logits(network.branches[m].head),
          isCounted: patients.isMeasured(graph, branch: m))
      })
  }
}

/// Σ_m diag(column m of weights) · embedding_m; a row depends on that patient alone, to the bit.
func mixedRows(_ embeddings: [Matrix], weights: Matrix) -> Matrix {
  var result = Matrix(rows: weights.rowCount, columns: embeddings.first?.columnCount ?? 0)
  for (m, embedding) in embeddings.enumerated() {
    for i in 0..<weights.rowCount where weights[i, m] != 0 {
      for j in 0..<result.columnCount { result[i, j] += weights[i, m] * embedding[i, j] }
    }
  }
  return result
}
