import LinearAlgebra
import NeuralNetwork

/// Branches, what their embeddings are mixed by, and the head on the mixture.
package struct JointNetwork: Sendable {
  /// One per modality.
  package var branches: [NetworkBranch]
  /// From Z = Σ α_im Z_m to logits.
  package var head: AffineMap

  /// A network from its parts.
  package init(branches: [NetworkBranch], head: AffineMap) {
    self.branches = branches
    self.head = head
  }
}

/// A joint network on a tape: branches, their own losses L_m, the fused loss L_f, and
/// c_f L_f + Σ_m c_m L_m.
package struct JointRecording: Sendable {
  /// Values and gradients of all parts.
  package var tape: Tape
  /// One per modality.
  let branches: [RecordedBranch]
  /// L_m.
  let losses: [BranchLoss]
  /// o = (Σ α_im Z_m) U_f + c_f + M Σ α_im S_m, S_m the linear parts.
  let fusedLogits: Tape.Variable
  /// L_f.
  let fusedLoss: Tape.Variable
  /// U_f and c_f.
  let fusedHead: [Tape.Variable]
  private let total: Tape.Variable

  /// Records a network over the patients of a graph.
  ///
  /// - Parameters:
  ///   - names: of the branches, for their dropout streams.
  ///   - emphasis: α_im, patients × branches.
  ///   - teaching: what each branch is taught; nil without a teacher.
  package init(
    _ network: JointNetwork, _ inputs: [BranchInput], names: [String], labels: LossLabels,
    emphasis: Matrix, teaching: [Teaching?], configuration: RelationalNetworkConfiguration
  ) {
    var tape = Tape()
    let branches = network.branches.indices.map { m in
      RecordedBranch(
        network.branches[m], inputs[m], name: "branch=\(names[m])", configuration: configuration,
        on: &tape)
    }
    let losses = branches.indices.map { m in
      BranchLoss(
        logits: branches[m].logits, labels: labels, isMeasured: inputs[m].isMeasured,
        teaching: teaching[m], temperature: configuration.distillationTemperature, on: &tape)
    }
    let mixture = tape.rowWeightedSum(branches.map(\.embedding), weights: emphasis)
    let head = network.head.record(on: &tape, input: mixture)
    let skips = branches.compactMap(\.skip)
    var fused = head.output
    if !skips.isEmpty {
      let linear = tape.rowWeightedSum(skips, weights: Double(skips.count) * emphasis)
      fused = tape.add(fused, linear)
    }
    let isFused = (0..<emphasis.rowCount).map { i in emphasis.row(i).contains { $0 > 0 } }
    fusedLogits = fused
    fusedLoss = tape.crossEntropy(
      fused, targets: labels.targets, rowWeights: labels.rowWeights(isCounted: isFused))
    fusedHead = [head.weights, head.bias]
    total = tape.weightedSum(
      [fusedLoss] + losses.map(\.total),
      coefficients: [Double](repeating: 1, count: losses.count + 1))
    self.branches = branches
    self.losses = losses
    self.tape = tape
  }

  /// Every trained tensor: encoders branch by branch, own heads, the fused head.
  package var leaves: [Tape.Variable] {
    branches.flatMap(\.encoder) + branches.flatMap(\.head) + fusedHead
  }

  /// The network with its current weights.
  package var network: JointNetwork {
    JointNetwork(
      branches: branches.map { $0.branch(on: tape) },
      head: AffineMap(
        weights: tape.value(of: fusedHead[0]), bias: tape.value(of: fusedHead[1])))
  }

  /// L_f.
  package var fusedLossValue: Double { tape.scalar(of: fusedLoss) }

  /// L_m.
  package var ownLossValues: [Double] { losses.map { tape.scalar(of: $0.total) } }

  /// Gradients of c_f L_f + Σ c_m L_m; a head whose loss does not count has none.
  package func gradients(fused: Double, own: [Double]) -> JointGradients {
    var weighted = tape
    weighted.setCoefficients([fused] + own, of: total)
    return shaped(weighted.gradients(of: total, for: leaves), fused: fused != 0, own: own)
  }

  /// Gradients of one branch's encoder of a loss that was computed from its embedding.
  func gradients(embedding m: Int, along slope: Matrix) -> [Matrix] {
    tape.gradients(along: slope, of: branches[m].embedding, for: branches[m].encoder)
  }

  /// Gradients of one branch's encoder and head of a loss that was computed from its logits.
  func gradients(logits m: Int, along slope: Matrix) -> (encoder: [Matrix], head: [Matrix]) {
    let branch = branches[m]
    let flat = tape.gradients(
      along: slope, of: branch.logits, for: branch.encoder + branch.head)
    return (Array(flat.prefix(branch.encoder.count)), Array(flat.suffix(branch.head.count)))
  }

  private func shaped(_ flat: [Matrix], fused: Bool, own: [Double]) -> JointGradients {
    var position = 0
    func next(_ count: Int) -> [Matrix] {
      defer { position += count }
      return Array(flat[position..<(position + count)])
    }
    let encoders = branches.map { next($0.encoder.count) }
    let heads = branches.indices.map { m in
      let tensors = next(branches[m].head.count)
      return own[m] != 0 ? tensors : nil
    }
    let head = next(fusedHead.count)
    return JointGradients(encoders: encoders, heads: heads, fusedHead: fused ? head : nil)
  }
}

/// What each part of a joint network is to follow; nil leaves a part as it is.
package struct JointGradients: Sendable {
  /// Per branch, of the encoder's tensors.
  package var encoders: [[Matrix]?]
  /// Per branch, of its own head.
  package var heads: [[Matrix]?]
  /// Of the fused head.
  package var fusedHead: [Matrix]?
  /// Per branch, multiplies the encoder's update rather than its gradient.
  package var stepFactors: [Double]

  init(encoders: [[Matrix]?], heads: [[Matrix]?], fusedHead: [Matrix]?) {
    self.encoders = encoders
    self.heads = heads
    self.fusedHead = fusedHead
    stepFactors = encoders.map { _ in 1 }
  }

  /// Nothing moves.
  static func none(branchCount: Int) -> JointGradients {
    let nothing = [[Matrix]?](repeating: nil, count: branchCount)
    return JointGradients(encoders: nothing, heads: nothing, fusedHead: nil)
  }

  /// Adds to what an encoder follows.
  mutating func addToEncoder(_ m: Int, _ gradients: [Matrix], times factor: Double = 1) {
    guard let encoder = encoders[m] else {
      encoders[m] = gradients.map { factor * $0 }
      return
    }
    encoders[m] = zip(encoder, gradients).map { sum, gradient in
      var sum = sum
      sum.add(gradient, times: factor)
      return sum
    }
  }
}

extension TapeOptimizer {
  /// One step of a joint network, made for ``JointRecording/leaves``.
  package mutating func step(_ gradients: JointGradients, on recording: inout JointRecording) {
    var flat: [Matrix?] = []
    var factors: [Double] = []
    func append(_ part: [Matrix]?, count: Int, factor: Double) {
      flat += part ?? [Matrix?](repeating: nil, count: count)
      factors += [Double](repeating: factor, count: count)
    }
    for (m, branch) in recording.branches.enumerated() {
      append(
        gradients.encoders[m], count: branch.encoder.count, factor: gradients.stepFactors[m])
    }
    for (m, branch) in recording.branches.enumerated() {
      append(gradients.heads[m], count: branch.head.count, factor: 1)
    }
    append(gradients.fusedHead, count: recording.fusedHead.count, factor: 1)
    step(flat, factors: factors, on: &recording.tape)
  }
}
