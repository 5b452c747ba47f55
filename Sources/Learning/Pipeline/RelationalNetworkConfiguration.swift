import Evaluation
import NeuralNetwork

/// What a non-linear relational network is made of; each ablation turns one switch.
public struct RelationalNetworkConfiguration: AblationSwitches, Hashable, Sendable {
  /// Branches of the network.
  public enum Architecture: Hashable, Sendable {
    /// One branch on one modality's own nearest neighbors.
    case modality(String)
    /// One branch on concatenated modalities, along the fused graph.
    case concatenated
    /// A branch per modality, along its own and the fused graph, with fused embeddings.
    case branches
  }

  /// What a branch makes of its patients' features.
  public enum Backbone: String, Hashable, Sendable {
    /// Two relational layers with exponential linear units between features and embedding.
    case twoLayer
    /// One relational layer without: the embedding is the branch's logits, from zero.
    case linear
  }

  /// How the weights follow their gradients.
  public enum Optimization: String, Hashable, Sendable {
    /// Adam with decoupled weight decay.
    case adam
    /// Gradient descent with momentum .9, whose steps are as long as the gradient.
    case momentum
  }

  /// Where the macro-F1 behind the loss weights comes from.
  public enum BalanceSignal: String, Hashable, Sendable {
    /// Out-of-fold predictions at first, then, with labels enough, validation patients.
    case validation
    /// Out-of-fold predictions throughout.
    case outOfFold = "out-of-fold"
    /// The patients that the weights follow, after out-of-fold predictions.
    case training
  }

  /// Branches of the network.
  public var architecture: Architecture
  /// What a branch makes of its patients' features.
  public var backbone = Backbone.twoLayer
  /// How the weights follow their gradients.
  public var optimization = Optimization.adam
  /// What gradients the branches follow in joint training.
  public var balancer = BalancerName.dynamicBalance
  /// Whether strong modalities may teach weak ones before joint training.
  public var usesDistillation = true
  /// Whether gradients are balanced (else all weights are 1).
  public var usesBalance = true
  /// Whether mutual information enters weights, gates and emphasis.
  public var usesInformation = true
  /// Whether macro-F1 enters the weights.
  public var usesMacroF1 = true
  /// Whether the graph fused by similarity network fusion is a relation.
  public var usesFusedGraph = true
  /// Whether fusion emphasis follows mutual information (else equal shares).
  public var usesEmphasis = true
  /// Control: informations and gates are permuted among modalities by a named stream.
  public var shufflesGuidance = false
  /// Whether a modality a patient lacks takes part in fusion by its neighbors' embedding.
  public var imputesEmbeddings = false
  /// Where the macro-F1 behind the loss weights comes from.
  public var balanceSignal = BalanceSignal.validation
  /// Whether loss weights act on gradients and updates of encoders (else as factors of the losses).
  public var balancesGradients = true
  /// Multiplies the updates of a modality's encoder, to make training unequal; 1 where it has none.
  public var encoderSpeeds: [String: Double] = [:]
  /// Whether a modality's gradient is brought to the norm of the fused loss's.
  public var normalizesGradients = true
  /// α of `ogm-ge`, λ of `umt`, at least 0; nil is the published one.
  public var balancerStrength: Double?
  /// Whether `ogm-ge` adds its noise to gradients.
  public var addsGradientNoise = true

  /// Width h of hidden layers.
  public var hiddenWidth = 64
  /// Dropout on what the first layer gathers.
  public var inputDropout = 0.3
  /// Dropout between both layers.
  public var hiddenDropout = 0.5
  /// Neighbors of each patient in every graph.
  public var neighbors = 15
  /// Whether logits have a linear part in [Â_1 X, …, Â_R X, X] beside the hidden layers, from zero.
  public var hasLinearSkip = true
  /// λ n of (λ/2) Σ ‖W‖² in the objective, over all weight matrices, with n labelled patients.
  public var penaltyNumerator = 10.0
  /// Whether a fifth of the labelled patients is kept from weight updates and chooses the epoch whose
  /// weights are used; else all take part and the last weights are used.
  public var stopsEarly = false
  /// Power of information in the fusion emphasis, α_m ∝ (I_m⁺ + ε)^power.
  public var emphasisPower = 2.0
  /// Epochs of training, the most of them where training stops early.
  public var epochs = 150
  /// Epochs without a better validation result before training ends.
  public var patience = 30
  /// Epochs between two looks at validation patients.
  public var evaluationInterval = 5
  /// Epochs of the networks behind out-of-fold signals, which have no validation patients.
  public var signalEpochs = 60
  /// Epochs in which students are trained with their teachers before joint training.
  public var pretrainingEpochs = 50
  /// Epochs of joint training over which the teachers' part falls to 0.
  public var teacherDecayEpochs = 20
  /// Epochs of joint training with equal weights.
  public var warmUpEpochs = 10
  /// Temperature T of distillation.
  public var distillationTemperature = 2.0
  /// λ_max: a teacher's largest share in a student's loss.
  public var largestTeacherWeight = 0.5
  /// Adam's step size.
  public var learningRate = 1e-3
  /// Step size of descent with momentum.
  public var momentumLearningRate = 0.05
  /// Decoupled weight decay.
  public var weightDecay = 0.0
  /// Largest global norm of a step's gradients.
  public var gradientLimit = 5.0
  /// How messages along a relation are scaled.
  package var normalization = PropagationMatrix.Normalization.symmetric

  /// A configuration with the standard constants.
  public init(architecture: Architecture) {
    self.architecture = architecture
  }

  /// Early stopping and decoupled decay instead of the penalty, and no linear part: how the papers
  /// behind the balancers train.
  mutating func trainAsPublished() {
    hasLinearSkip = false
    penaltyNumerator = 0
    stopsEarly = true
    weightDecay = 1e-2
    emphasisPower = 1
  }

  /// `paper`: the closest reading of the abstract that the method comes from.
  public static let paper = RelationalNetworkConfiguration(architecture: .branches)

  /// The configuration of a method name: `paper`, its ablations (`paper-no-mi`, …), `snf-gcn`,
  /// `gcn:` with a modality, or a ``BalancedMethod``; nil for any other name.
  public init?(method: String) {
    if method == "snf-gcn" {
      self.init(architecture: .concatenated)
    } else if method.hasPrefix("gcn:"), method.count > 4 {
      self.init(architecture: .modality(String(method.dropFirst(4))))
    } else if method == "paper" {
      self = .paper
    } else if method.hasPrefix("paper-"),
      let ablation = Ablation(rawValue: String(method.dropFirst("paper-".count)))
    {
      self = Self.paper.applying(ablation)
    } else if let balanced = BalancedMethod(name: method) {
      self = balanced.configuration
    } else {
      return nil
    }
  }

  /// Relations that every branch receives messages along, in the order of its weights.
  var relations: [NetworkRelation] {
    switch architecture {
    case .modality: [.own]
    case .concatenated: [.fused]
    case .branches: usesFusedGraph ? [.own, .fused] : [.own]
    }
  }

  /// Class weights of every loss.
  var classWeighting: ClassWeighting { .effectiveNumber() }

  /// Optimiser of every tensor.
  package var descent: Descent {
    switch optimization {
    case .adam: .adam(Adam.Options(learningRate: learningRate, weightDecay: weightDecay))
    case .momentum:
      .momentum(Momentum.Options(learningRate: momentumLearningRate, weightDecay: weightDecay))
    }
  }

  /// Whether anything is guided by out-of-fold signals.
  package var needsSignals: Bool {
    guard architecture == .branches else { return false }
    return balancer == .dynamicBalance || usesDistillation || (usesEmphasis && usesInformation)
  }

  /// What graphs and their inputs depend on, for keys of shared results.
  struct InputConstants: Hashable, Sendable {
    let relations: [NetworkRelation]
    let neighbors: Int
    let normalization: PropagationMatrix.Normalization
    /// Kept patients have no part in preprocessing and graph.
    let keepsPatients: Bool
  }

  var inputConstants: InputConstants {
    InputConstants(
      relations: relations, neighbors: neighbors, normalization: normalization,
      keepsPatients: stopsEarly)
  }

  /// What out-of-fold signals depend on, for keys of shared results.
  struct SignalConstants: Hashable, Sendable {
    let input: InputConstants
    let backbone: Backbone
    let hiddenWidth: Int
    let inputDropout: Double
    let hiddenDropout: Double
    let epochs: Int
    let descent: Descent
    let gradientLimit: Double
    let hasLinearSkip: Bool
    let penaltyNumerator: Double
  }

  var signalConstants: SignalConstants {
    SignalConstants(
      input: inputConstants, backbone: backbone, hiddenWidth: hiddenWidth,
      inputDropout: inputDropout, hiddenDropout: hiddenDropout, epochs: signalEpochs,
      descent: descent, gradientLimit: gradientLimit, hasLinearSkip: hasLinearSkip,
      penaltyNumerator: penaltyNumerator)
  }
}

/// A kind of edge between patients.
package enum NetworkRelation: String, Hashable, Sendable {
  /// Nearest neighbors within the branch's modality.
  case own
  /// Neighbors in the graph fused from all modalities.
  case fused
}
