import Cohort
import LinearAlgebra
import NeuralNetwork

/// Relational layers with hidden units, H' = φ(Σ_r Â_r H W_r + H W_0 + b), one branch a modality, with
/// a fused head on Σ_m α_im Z_m; or a single branch (`gcn:*`, `snf-gcn`), which has no signals.
///
/// Sources: Kipf & Welling 2017; Schlichtkrull et al. 2018; Wang et al. 2014. `paper` is our reading
/// of the abstract of Xie & Sanguinetti (2025), arXiv 2511.00987, whose equations are not known to
/// us. New patients receive messages from the training patients and send none, so that a prediction
/// does not depend on who else is predicted.
struct NetworkBackbone: Backbone {
  /// Stages 1 and 2: prepared patients and their graphs.
  let setting: NetworkSetting
  private let observing: (JointLook, any Balancer) -> Void

  private var configuration: RelationalNetworkConfiguration { setting.configuration }
  private var context: FitContext { setting.context }
  private var names: [String] { setting.graph.names }

  init(
    _ setting: NetworkSetting, observing: @escaping (JointLook, any Balancer) -> Void = { _, _ in }
  ) {
    self.setting = setting
    self.observing = observing
  }

  /// Stage 3: signals of networks of inner folds; nil where nothing is guided by them.
  func signals() throws -> NetworkSignals? {
    guard configuration.needsSignals else { return nil }
    return try context.store.value(signalKey) {
      NetworkSignals(
        try OutOfFoldLogits(setting.training, names: names, context, configuration),
        labels: setting.training.labels, classCount: setting.training.classCount)
    }
  }

  private var signalKey: NetworkSignals.Key {
    NetworkSignals.Key(
      names: names, constants: configuration.signalConstants, innerFolds: context.innerFolds,
      preprocessing: context.preprocessing)
  }

  private var rule: DistillationRule {
    DistillationRule(gate: context.gate, default: .complementarity)
  }

  /// Stage 4: gates of every ordered pair; nil without distillation.
  func distillation(_ signals: NetworkSignals?) throws -> DistillationPlan? {
    guard let signals, configuration.usesDistillation else { return nil }
    let key = DistillationPlan.Key(
      signals: signalKey, rule: rule, usesInformation: configuration.usesInformation,
      isShuffled: configuration.shufflesGuidance,
      largestWeight: configuration.largestTeacherWeight)
    return try context.store.value(key) {
      DistillationPlan(
        try evidence(signals), names: names, rule: rule, configuration: configuration,
        streams: context.streams)
    }
  }

  /// Evidence on every ordered pair, by student, then teacher: of the network's own signals, and
  /// for `auto` that of plain linear heads, as everywhere.
  private func evidence(_ signals: NetworkSignals) throws -> [DistillationEvidence] {
    guard rule != .automatic else {
      return try LinearDistillation(setting.training, context).evidence(for: rule)
    }
    let readings = signals.readings(labels: setting.training.labels)
    let blocks = context.streams.stream("relational-network/jackknife")
    return try names.indices.flatMap { s in
      try names.indices.filter { $0 != s }.map { t in
        try DistillationEvidence(readings, teacher: t, student: s, blocks: blocks)
      }
    }
  }

  /// Stage 5: fusion shares and first loss weights.
  func guidance(_ signals: NetworkSignals?) -> NetworkGuidance {
    NetworkGuidance(signals, setting)
  }

  /// Stage 6: students are pretrained with their teachers, then all branches and the fused head are
  /// trained together under the balancer.
  func trained(
    _ signals: NetworkSignals?, _ plan: DistillationPlan?, _ guidance: NetworkGuidance
  ) throws -> FittedRelationalNetwork {
    guard configuration.architecture == .branches else { return trainedAlone() }
    let streams = setting.streams
    let teaching = names.indices.map { s -> Teaching? in
      guard let signals, let plan else { return nil }
      return plan.teaching(
        student: s, signals, setting.patients,
        temperature: configuration.distillationTemperature)
    }
    let branches = names.indices.map { startingBranch($0, plan, teaching[$0]) }
    let training = JointTraining(
      configuration: configuration, graph: setting.graph, labels: setting.labels,
      emphasis: guidance.emphasis.rows(setting.graph.branches.map(\.isMeasured)),
      validationEmphasis: guidance.emphasis.rows(
        names.indices.map { setting.validation.isMeasured(setting.graph, branch: $0) }),
      validation: setting.validation, teaching: teaching)
    var balancer = configuration.balancer.balancer(setting, guidance)
    let network = training.trained(
      from: JointNetwork(branches: branches, head: setting.freshFusedHead), balancer: &balancer,
      streams: streams.scoped("train"), observing: observing)
    return setting.fitted(
      network, guidance.emphasis,
      record: record(signals, plan, guidance, trajectory: balancer.trajectory))
  }

  /// A single branch with its own head.
  private func trainedAlone() -> FittedRelationalNetwork {
    let branch = BranchTraining(
      configuration: configuration, labels: setting.labels, epochs: configuration.epochs
    ).trained(
      from: setting.freshBranch(0, setting.streams), setting.graph, branch: 0,
      validation: configuration.stopsEarly ? setting.validation : nil,
      streams: setting.streams.scoped("train"))
    let emphasis = NetworkEmphasis(emphasis: FusionEmphasis(uniform: 1), imputesEmbeddings: false)
    return setting.fitted(
      JointNetwork(branches: [branch], head: branch.head), emphasis, record: FitRecord())
  }

  /// A branch before joint training: initial weights, or, of a student, pretrained with its
  /// teachers.
  private func startingBranch(
    _ m: Int, _ plan: DistillationPlan?, _ teaching: Teaching?
  ) -> NetworkBranch {
    let fresh = setting.freshBranch(m, setting.streams)
    guard let plan, let teaching else { return fresh }
    let key = StudentKey(
      student: m, signals: signalKey, rule: rule, gates: plan.gates, shares: plan.shares,
      temperature: configuration.distillationTemperature, epochs: configuration.pretrainingEpochs)
    return context.store.value(key) {
      BranchTraining(
        configuration: configuration, labels: setting.labels,
        epochs: configuration.pretrainingEpochs
      ).trained(
        from: fresh, setting.graph, branch: m, teaching: teaching,
        streams: setting.streams.scoped("pretrain"))
    }
  }

  private struct StudentKey: SharedKey {
    typealias Value = NetworkBranch
    let student: Int
    let signals: NetworkSignals.Key
    let rule: DistillationRule
    let gates: [[Double]]
    let shares: [[Double]]
    let temperature: Double
    let epochs: Int
  }

  /// What was decided, for the report; empty where nothing was guided.
  private func record(
    _ signals: NetworkSignals?, _ plan: DistillationPlan?, _ guidance: NetworkGuidance,
    trajectory: [[Double]]
  ) -> FitRecord {
    guard let signals else { return FitRecord() }
    let entropy = signals.labelEntropy
    return FitRecord(
      modalities: names.indices.map { m in
        FitRecord.Modality(
          name: names[m], macroF1: signals.signals[m].macroF1,
          informativeness: entropy > 0
            ? min(1, max(0, signals.signals[m].labelInformation) / entropy) : 0,
          emphasis: Double(names.count) * guidance.emphasis.emphasis.shares[m],
          weights: trajectory.isEmpty ? [] : trajectory[m])
      },
      distillation: plan?.decisions ?? [],
      notes: zip(names, signals.isInsufficient).filter(\.1).map {
        "\($0.0) has too few labelled training patients: floor weight, no distillation"
      })
  }
}
