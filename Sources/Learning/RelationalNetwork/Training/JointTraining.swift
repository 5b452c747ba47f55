import LinearAlgebra
import NeuralNetwork

/// Branches, what their embeddings are mixed by, and the head on the mixture.
struct JointNetwork: Sendable {
  /// One per modality.
  var branches: [NetworkBranch]
  /// From Z = Σ α_im Z_m to logits.
  var head: AffineMap
}

/// Joint training of all branches and the fused head: stage 2 of `paper`.
///
/// L = L_f + κ(e) Σ_m w_m L_m, with the weights at gradient level (``BalancedGradient``).
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

  private let annealing = BalanceAnnealing()

  init(
    configuration: RelationalNetworkConfiguration, graph: GraphInputs, labels: LossLabels,
    emphasis: Matrix, validationEmphasis: Matrix, validation: ValidationPatients,
    teaching: [Teaching?]
  ) {
    self.configuration = configuration
    self.graph = graph
    self.labels = labels
    self.emphasis = emphasis
    self.validationEmphasis = validationEmphasis
    self.validation = validation
    self.teaching = teaching
  }

  /// Everything recorded on the tape.
  private struct Recording {
    var tape = Tape()
    var branches: [RecordedBranch] = []
    var losses: [BranchLoss] = []
    var ownLoss: Tape.Variable
    var fusedLoss: Tape.Variable
    var fusedHead: [Tape.Variable]

    var encoders: [Tape.Variable] { branches.flatMap(\.encoder) }
    var heads: [Tape.Variable] { branches.flatMap(\.head) }

    func network() -> JointNetwork {
      JointNetwork(
        branches: branches.map { $0.branch(on: tape) },
        head: AffineMap(
          weights: tape.value(of: fusedHead[0]), bias: tape.value(of: fusedHead[1])))
    }
  }

  private func record(_ start: JointNetwork) -> Recording {
    var tape = Tape()
    let branches = start.branches.indices.map { m in
      RecordedBranch(
        start.branches[m], graph.branches[m], name: "branch=\(graph.names[m])",
        configuration: configuration, on: &tape)
    }
    let losses = branches.indices.map { m in
      BranchLoss(
        logits: branches[m].logits, labels: labels, isMeasured: graph.branches[m].isMeasured,
        teaching: teaching[m], temperature: configuration.distillationTemperature, on: &tape)
    }
    let ownLoss = tape.weightedSum(
      losses.map(\.total), coefficients: [Double](repeating: 1, count: losses.count))
    let mixture = tape.rowWeightedSum(branches.map(\.embedding), weights: emphasis)
    let head = start.head.record(on: &tape, input: mixture)
    let isFused = (0..<emphasis.rowCount).map { i in emphasis.row(i).contains { $0 > 0 } }
    let fusedLoss = tape.crossEntropy(
      head.output, targets: labels.targets, rowWeights: labels.rowWeights(isCounted: isFused))
    return Recording(
      tape: tape, branches: branches, losses: losses, ownLoss: ownLoss, fusedLoss: fusedLoss,
      fusedHead: [head.weights, head.bias])
  }

  /// Trains from `start`; returns the best network by the fused head's macro-F1 on validation
  /// patients, with the weights' course in `weights`.
  func trained(
    from start: JointNetwork, weights: inout GuidedWeights, streams: RandomStreams
  ) -> JointNetwork {
    var recording = record(start)
    var optimizer = TapeOptimizer(
      recording.encoders + recording.heads + recording.fusedHead, configuration.optimizer,
      gradientLimit: configuration.gradientLimit, on: recording.tape)
    var mixers = start.branches.map { _ in
      BalancedGradient(normalizes: configuration.normalizesGradients)
    }
    var stopping = EarlyStopping<JointNetwork>(patience: configuration.patience)
    for epoch in 0..<configuration.epochs {
      setTeachers(epoch: epoch, &recording)
      recording.tape.evaluate(dropout: streams.scoped("epoch=\(epoch)"))
      step(epoch: epoch, weights.weights, &mixers, &optimizer, &recording)
      guard (epoch + 1) % configuration.evaluationInterval == 0 else { continue }
      let network = recording.network()
      let scores = scores(network)
      weights.renew(
        macroF1: scores.modalities, isWarm: epoch + 1 >= configuration.warmUpEpochs)
      stopping.note(
        score: [scores.fused.macroF1, -scores.fused.loss], epoch: epoch + 1, network)
      if stopping.isOver(epoch: epoch + 1) { break }
    }
    return stopping.best ?? recording.network()
  }

  /// The teachers' part falls linearly to 0.
  private func setTeachers(epoch: Int, _ recording: inout Recording) {
    let left = max(0, 1 - Double(epoch) / Double(max(configuration.teacherDecayEpochs, 1)))
    for (m, teaching) in teaching.enumerated() {
      guard let teaching else { continue }
      recording.losses[m].setShare(left * teaching.share, on: &recording.tape)
    }
  }

  private func step(
    epoch: Int, _ weights: [Double], _ mixers: inout [BalancedGradient],
    _ optimizer: inout TapeOptimizer, _ recording: inout Recording
  ) {
    let kappa = annealing.factor(epoch: epoch, of: configuration.epochs)
    let encoderCount = recording.encoders.count
    let fused = recording.tape.gradients(
      of: recording.fusedLoss, for: recording.encoders + recording.fusedHead)
    let own = recording.tape.gradients(
      of: recording.ownLoss, for: recording.encoders + recording.heads)
    var gradients: [Matrix] = []
    var factors: [Double] = []
    var position = 0
    for (m, branch) in recording.branches.enumerated() {
      let range = position..<(position + branch.encoder.count)
      position = range.upperBound
      gradients += mixers[m].mixed(
        fused: Array(fused[range]), own: Array(own[range]), weight: weights[m], annealing: kappa)
      factors += range.map { _ in BalancedGradient.stepFactor(weights[m]) }
    }
    for (k, gradient) in own[encoderCount...].enumerated() {
      // Two tensors a head.
      gradients.append(kappa * weights[k / 2] * gradient)
      factors.append(1)
    }
    gradients += fused[encoderCount...]
    factors += recording.fusedHead.map { _ in 1 }
    optimizer.step(gradients, factors: factors, on: &recording.tape)
  }

  /// Scores on validation patients, of the fused head and of each modality's own.
  private func scores(
    _ network: JointNetwork
  ) -> (fused: (macroF1: Double, loss: Double), modalities: [Double?]) {
    let embeddings = network.branches.indices.map {
      validation.embedding(network.branches[$0], graph, branch: $0)
    }
    let modalities = network.branches.indices.map { m -> Double? in
      let flags = validation.isMeasured(graph, branch: m)
      guard flags.contains(true) else { return nil }
      let logits = network.branches[m].head.appliedRowByRow(to: embeddings[m])
      return validation.score(logits, isCounted: flags).macroF1
    }
    let mixture = mixedRows(embeddings, weights: validationEmphasis)
    let isFused = (0..<mixture.rowCount).map { i in
      validationEmphasis.row(i).contains { $0 > 0 }
    }
    let fused = validation.score(
      network.head.appliedRowByRow(to: mixture), isCounted: isFused)
    return (fused, modalities)
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
