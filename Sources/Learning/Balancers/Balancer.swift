import LinearAlgebra
import NeuralNetwork

/// A rule that decides what gradients the parts of a joint network follow, so that no modality is
/// left behind by the others.
///
/// It is asked once a step and told of every look at validation patients. It must be defined for
/// any number of modalities, for modalities that some or all labelled patients lack, and for steps
/// without any labelled patient; it draws from the step's streams alone. To add one: a file with
/// the rule and a case of ``BalancerName``.
package protocol Balancer: Sendable {
  /// Loss weights before the first and after every renewal, by modality; empty where a rule has
  /// none that last.
  var trajectory: [[Double]] { get }

  /// Steps that make up an epoch, each on all patients.
  func stepsPerEpoch(branchCount: Int) -> Int

  /// Takes note of a look at validation patients; the first is before training, at epoch 0.
  mutating func observe(_ look: JointLook)

  /// What the network follows in this step.
  mutating func gradients(_ step: JointStep) -> JointGradients
}

extension Balancer {
  /// Nothing lasts.
  package var trajectory: [[Double]] { [] }

  /// One.
  package func stepsPerEpoch(branchCount: Int) -> Int { 1 }

  /// Nothing is noted.
  package mutating func observe(_ look: JointLook) {}
}

/// One step of joint training, as a ``Balancer`` sees it: the network on its tape, evaluated.
package struct JointStep: Sendable {
  /// 0 for the first.
  package let epoch: Int
  /// Most epochs of the training.
  package let epochCount: Int
  /// Number of the step within its epoch.
  package let index: Int
  /// The network.
  package let recording: JointRecording
  /// Labels the losses may see.
  package let labels: LossLabels
  /// α_im, patients × modalities.
  package let emphasis: Matrix
  /// Per modality, whether each patient has it.
  package let isMeasured: [[Bool]]
  /// Streams of this step.
  package let streams: RandomStreams

  /// A step on a network that was evaluated.
  package init(
    epoch: Int, epochCount: Int, index: Int = 0, recording: JointRecording, labels: LossLabels,
    emphasis: Matrix, isMeasured: [[Bool]], streams: RandomStreams
  ) {
    self.epoch = epoch
    self.epochCount = epochCount
    self.index = index
    self.recording = recording
    self.labels = labels
    self.emphasis = emphasis
    self.isMeasured = isMeasured
    self.streams = streams
  }

  /// Gradients of the fused loss alone, which the own heads do not follow.
  func fusedGradients() -> JointGradients {
    recording.gradients(fused: 1, own: recording.branches.map { _ in 0 })
  }

  /// Gradients of Σ_m L_m, which the fused head does not follow.
  func ownGradients() -> JointGradients {
    recording.gradients(fused: 0, own: recording.branches.map { _ in 1 })
  }

  /// Z_m.
  func embedding(_ m: Int) -> Matrix {
    recording.tape.value(of: recording.branches[m].embedding)
  }

  /// Logits of modality `m`'s own head.
  func logits(_ m: Int) -> Matrix { recording.tape.value(of: recording.branches[m].logits) }

  /// Σ of the own heads' logits of all modalities but `m`, each patient's measured ones.
  func summedLogits(except m: Int) -> Matrix {
    var sum = Matrix(rows: labels.labels.count, columns: labels.classWeights.count)
    for other in isMeasured.indices where other != m {
      let logits = logits(other)
      for i in 0..<sum.rowCount where isMeasured[other][i] {
        for c in 0..<sum.columnCount { sum[i, c] += logits[i, c] }
      }
    }
    return sum
  }

  /// The fused head with its current weights.
  var fusedHead: AffineMap { recording.network.head }

  /// Labels of those that have modality `m`; -1 for all others.
  func knownLabels(_ m: Int) -> [Int] {
    zip(labels.labels, isMeasured[m]).map { $1 ? $0 : -1 }
  }

  /// Modalities that a labelled patient has; the others have nothing to be compared by.
  var present: [Int] {
    isMeasured.indices.filter { m in knownLabels(m).contains { $0 >= 0 } }
  }
}

/// Macro-F1 and mean weighted cross-entropy of a head on some patients.
package struct HeadScore: Equatable, Sendable {
  /// 0…1.
  package let macroF1: Double
  /// Nats.
  package let loss: Double
}

/// Scores of a network's heads on the same patients.
package struct NetworkScores: Equatable, Sendable {
  /// Of the fused head; nil without patients.
  package let fused: HeadScore?
  /// Of each modality's own head; nil where no patient has the modality.
  package let modalities: [HeadScore?]

  /// Macro-F1 of the own heads.
  package var macroF1: [Double?] { modalities.map { $0?.macroF1 } }

  /// Losses of the fused head, then of the own heads.
  package var losses: [Double?] { ([fused] + modalities).map { $0?.loss } }
}

/// A look at the network in training, as a ``Balancer`` sees it.
package struct JointLook: Sendable {
  /// Epochs of training before it.
  package let epoch: Int
  /// On validation patients.
  package let validation: NetworkScores
  /// On labelled patients that the weights follow, without dropout; computed when asked for.
  package let training: @Sendable () -> NetworkScores
}
