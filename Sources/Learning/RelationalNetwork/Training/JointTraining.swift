import LinearAlgebra
import NeuralNetwork

/// Joint training of all branches and the fused head: stage 2 of `paper`, and all of its rivals.
///
/// What the parts follow is a ``Balancer``'s choice; the best network by the fused head's macro-F1
/// on validation patients is kept.
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
    from start: JointNetwork, balancer: inout any Balancer, streams: RandomStreams
  ) -> JointNetwork {
    var recording = JointRecording(
      start, graph.branches, names: graph.names, labels: labels, emphasis: emphasis,
      teaching: teaching, configuration: configuration)
    var optimizer = TapeOptimizer(
      recording.leaves, configuration.descent, gradientLimit: configuration.gradientLimit,
      on: recording.tape)
    var stopping = EarlyStopping<JointNetwork>(patience: configuration.patience)
    balancer.observe(look(start, epoch: 0))
    for epoch in 0..<configuration.epochs {
      setTeachers(epoch: epoch, &recording)
      let epochStreams = streams.scoped("epoch=\(epoch)")
      let stepCount = balancer.stepsPerEpoch(branchCount: graph.branches.count)
      for step in 0..<stepCount {
        let stepStreams = step == 0 ? epochStreams : epochStreams.scoped("step=\(step)")
        recording.tape.evaluate(dropout: stepStreams)
        let gradients = balancer.gradients(
          JointStep(
            epoch: epoch, epochCount: configuration.epochs, index: step, recording: recording,
            labels: labels, emphasis: emphasis, isMeasured: graph.branches.map(\.isMeasured),
            streams: stepStreams.scoped("balancer")))
        optimizer.step(gradients, on: &recording)
      }
      guard (epoch + 1) % configuration.evaluationInterval == 0 else { continue }
      let network = recording.network
      let look = look(network, epoch: epoch + 1)
      balancer.observe(look)
      stopping.note(
        score: [look.fused?.macroF1 ?? 0, -(look.fused?.loss ?? 0)], epoch: epoch + 1, network)
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

  /// Scores on validation patients, of the fused head and of each modality's own.
  private func look(_ network: JointNetwork, epoch: Int) -> JointLook {
    let embeddings = network.branches.indices.map {
      validation.embedding(network.branches[$0], graph, branch: $0)
    }
    let modalities = network.branches.indices.map { m -> ValidationScore? in
      validation.score(
        network.branches[m].head.appliedRowByRow(to: embeddings[m]),
        isCounted: validation.isMeasured(graph, branch: m))
    }
    let mixture = mixedRows(embeddings, weights: validationEmphasis)
    let isFused = (0..<mixture.rowCount).map { i in
      validationEmphasis.row(i).contains { $0 > 0 }
    }
    let fused = validation.score(
      network.head.appliedRowByRow(to: mixture), isCounted: isFused)
    return JointLook(
      epoch: epoch, fused: fused, modalities: modalities,
      trainingLosses: { trainingLosses(network) })
  }

  /// L_f and L_m of training patients without dropout and teachers.
  private func trainingLosses(_ network: JointNetwork) -> [Double] {
    var recording = JointRecording(
      network, graph.branches, names: graph.names, labels: labels, emphasis: emphasis,
      teaching: graph.names.map { _ in nil }, configuration: configuration)
    recording.tape.evaluate(dropout: nil)
    return [recording.fusedLossValue] + recording.ownLossValues
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
