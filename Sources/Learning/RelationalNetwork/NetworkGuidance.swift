import Cohort
import LinearAlgebra

/// What stage 1 hands to stage 2: emphasis, first weights, teachers and pretrained students.
package struct NetworkGuidance: Sendable {
  /// Fusion shares.
  let emphasis: NetworkEmphasis
  /// Loss weights before joint training.
  let weights: GuidedWeights
  /// What each branch is taught; nil without a teacher.
  let teaching: [Teaching?]

  private let signals: NetworkSignals
  private let plan: DistillationPlan?
  private let rule: DistillationRule

  /// Labelled training patients below which validation patients cannot judge the classes.
  private static let fewLabels = 200

  /// Signals, emphasis, weights and teachers of a fit.
  package init(_ setting: NetworkSetting) throws {
    let (training, context) = (setting.training, setting.context)
    let configuration = setting.configuration
    let names = setting.graph.names
    let key = """
      relational-network/signals \(names) \(configuration.signalKey) \
      folds=\(context.innerFolds) \(context.preprocessing)
      """
    let signals = try context.store.value(key) {
      NetworkSignals(
        try OutOfFoldLogits(training, names: names, context, configuration),
        labels: training.labels, classCount: training.classCount)
    }
    self.signals = signals
    let rule = DistillationRule(gate: context.gate, default: .complementarity)
    self.rule = rule
    let plan =
      configuration.usesDistillation
      ? try context.store.value(Self.planKey(key, configuration, rule)) {
        DistillationPlan(
          try Self.evidence(signals, setting, rule), names: names, rule: rule,
          configuration: configuration, streams: context.streams)
      } : nil
    self.plan = plan
    teaching = names.indices.map { s in
      plan?.teaching(
        student: s, signals, setting.patients,
        temperature: configuration.distillationTemperature)
    }
    let order =
      configuration.shufflesGuidance
      ? exchangedOrder(names.count, context.streams) : Array(names.indices)
    let guiding = order.map { signals.guiding[$0] }
    let isInformed = configuration.usesEmphasis && configuration.usesInformation
    emphasis = NetworkEmphasis(
      emphasis: isInformed
        ? FusionEmphasis(
          labelInformation: guiding.map(\.labelInformation), labelEntropy: signals.labelEntropy)
        : FusionEmphasis(uniform: guiding.count),
      imputesEmbeddings: configuration.imputesEmbeddings)
    weights = GuidedWeights(
      guiding, order: order, labelEntropy: signals.labelEntropy,
      followsLooks: configuration.balanceSignal == .training
        || training.labelledRows.count >= Self.fewLabels,
      configuration: configuration)
  }

  /// Evidence on every ordered pair, by student, then teacher: of the network's own signals, and
  /// for `auto` that of plain linear heads, as everywhere.
  private static func evidence(
    _ signals: NetworkSignals, _ setting: NetworkSetting, _ rule: DistillationRule
  ) throws -> [DistillationEvidence] {
    guard rule != .automatic else {
      return try LinearDistillation(setting.training, setting.context).evidence(for: rule)
    }
    let readings = signals.readings(labels: setting.training.labels)
    let blocks = setting.context.streams.stream("relational-network/jackknife")
    return try signals.names.indices.flatMap { s in
      try signals.names.indices.filter { $0 != s }.map { t in
        try DistillationEvidence(readings, teacher: t, student: s, blocks: blocks)
      }
    }
  }

  private static func planKey(
    _ key: String, _ configuration: RelationalNetworkConfiguration, _ rule: DistillationRule
  ) -> String {
    """
    \(key) plan \(rule) information=\(configuration.usesInformation) \
    shuffled=\(configuration.shufflesGuidance) most=\(configuration.largestTeacherWeight)
    """
  }

  /// A branch before joint training: initial weights, or, of a student, pretrained with its
  /// teachers.
  func startingBranch(_ m: Int, _ setting: NetworkSetting) -> NetworkBranch {
    let configuration = setting.configuration
    let fresh = setting.freshBranch(m, setting.streams)
    guard let teaching = teaching[m], let plan else { return fresh }
    let key = """
      relational-network/student \(setting.graph.names[m]) of \(setting.graph.names) \
      \(configuration.signalKey) transductive=\(setting.training.isTransductive) \
      \(setting.context.preprocessing) folds=\(setting.context.innerFolds) \(rule) \
      \(plan.gates) \(plan.shares) \(configuration.distillationTemperature) \
      epochs=\(configuration.pretrainingEpochs)
      """
    return setting.context.store.value(key) {
      BranchTraining(
        configuration: configuration, labels: setting.labels,
        epochs: configuration.pretrainingEpochs
      ).trained(
        from: fresh, setting.graph, branch: m, teaching: teaching,
        streams: setting.streams.scoped("pretrain"))
    }
  }

  /// What was decided, for the report.
  ///
  /// - Parameter trajectory: loss weights over the training, by modality; empty where there were none.
  func record(_ trajectory: [[Double]], _ setting: NetworkSetting) -> FitRecord {
    let names = setting.graph.names
    var notes: [String] = []
    for (name, isInsufficient) in zip(names, signals.isInsufficient) where isInsufficient {
      notes.append(
        "\(name) has too few labelled training patients: floor weight, no distillation")
    }
    let entropy = signals.labelEntropy
    return FitRecord(
      modalities: names.indices.map { m in
        FitRecord.Modality(
          name: names[m], macroF1: signals.signals[m].macroF1,
          informativeness: entropy > 0
            ? min(1, max(0, signals.signals[m].labelInformation) / entropy) : 0,
          emphasis: Double(names.count) * emphasis.emphasis.shares[m],
          weights: trajectory.isEmpty ? [] : trajectory[m])
      },
      distillation: plan?.decisions ?? [], notes: notes)
  }
}
