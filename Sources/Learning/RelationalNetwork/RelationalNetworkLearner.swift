import Cohort
import LinearAlgebra
import NeuralNetwork

/// Relational graph networks on patients: `paper`, its ablations, `snf-gcn`, `gcn:` of a modality,
/// and balancers on the bare network of `paper` or a linear one (``BalancedMethod``).
///
/// Two layers H' = φ(Σ_r Â_r H W_r + H W_0 + b) per branch on nearest-neighbor and fused graphs
/// (Kipf & Welling 2017; Schlichtkrull et al. 2018; Wang et al. 2014), trained by Adam with early
/// stopping on a fifth of the labelled training patients. New patients receive messages from the
/// training patients and send none, so that a prediction does not depend on who else is predicted.
///
/// `paper` is our reading of the abstract of Xie & Sanguinetti (2025), arXiv 2511.00987, whose
/// equations are not known to us.
public struct RelationalNetworkLearner: Learner {
  /// Method name.
  public let name: String
  /// Branches, switches and constants.
  public let configuration: RelationalNetworkConfiguration

  /// A network under a method name.
  public init(name: String, configuration: RelationalNetworkConfiguration) {
    self.name = name
    self.configuration = configuration
  }

  /// Fits on the training patients; see the type.
  ///
  /// - Complexity: for n patients and d features in all, O(epochs · n d · width), for `paper` about
  ///   as much again for out-of-fold signals.
  /// - Throws: ``LearningError`` where a single class is labelled, or the modality is unknown or of
  ///   no use; errors of the layers below.
  public func fit(_ training: TrainingView, _ context: FitContext) throws -> any FittedLearner {
    try fit(training, context) { _, _ in }
  }

  /// The same fit, watched.
  ///
  /// - Parameter observing: told of every look at the network in joint training, and of the balancer
  ///   after it.
  package func fit(
    _ training: TrainingView, _ context: FitContext,
    observing: (JointLook, any Balancer) -> Void
  ) throws -> any FittedLearner {
    guard Set(training.labels.filter { $0 >= 0 }).count > 1 else {
      throw LearningError(
        code: .singleClass, location: name, found: "fewer than two labelled classes",
        expected: "labelled training patients of two classes at least")
    }
    let setting = try NetworkSetting(name, training, context, configuration)
    return configuration.architecture == .branches
      ? try fitBranches(setting, observing) : fitSingle(setting)
  }

  private func fitSingle(_ setting: NetworkSetting) -> FittedRelationalNetwork {
    let graph = setting.graph
    let streams = setting.streams
    let start = setting.freshBranch(0, streams)
    let trainer = BranchTraining(
      configuration: configuration, labels: setting.labels, epochs: configuration.epochs)
    let branch = trainer.trained(
      from: start, graph, branch: 0, validation: setting.validation,
      streams: streams.scoped("train"))
    let emphasis = NetworkEmphasis(
      emphasis: FusionEmphasis(uniform: 1), imputesEmbeddings: false)
    return setting.fitted(
      JointNetwork(branches: [branch], head: branch.head), emphasis, record: FitRecord())
  }

  private func fitBranches(
    _ setting: NetworkSetting, _ observing: (JointLook, any Balancer) -> Void
  ) throws -> FittedRelationalNetwork {
    let names = setting.graph.names
    let guidance = configuration.needsSignals ? try NetworkGuidance(setting) : nil
    let streams = setting.streams
    let branches = names.indices.map { m in
      guidance?.startingBranch(m, setting) ?? setting.freshBranch(m, streams)
    }
    let emphasis =
      guidance?.emphasis
      ?? NetworkEmphasis(
        emphasis: FusionEmphasis(uniform: names.count),
        imputesEmbeddings: configuration.imputesEmbeddings)
    let training = JointTraining(
      configuration: configuration, graph: setting.graph, labels: setting.labels,
      emphasis: emphasis.rows(setting.graph.branches.map(\.isMeasured)),
      validationEmphasis: emphasis.rows(
        names.indices.map { setting.validation.isMeasured(setting.graph, branch: $0) }),
      validation: setting.validation,
      teaching: guidance?.teaching ?? names.map { _ in nil })
    var balancer = configuration.balancer.balancer(setting, guidance)
    let network = training.trained(
      from: JointNetwork(branches: branches, head: setting.freshFusedHead), balancer: &balancer,
      streams: streams.scoped("train"), observing: observing)
    return setting.fitted(
      network, emphasis, record: guidance?.record(balancer.trajectory, setting) ?? FitRecord())
  }
}
