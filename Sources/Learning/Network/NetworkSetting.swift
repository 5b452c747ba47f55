import Cohort
import LinearAlgebra
import NeuralNetwork

/// Patients, inputs, labels and streams of one fit.
package struct NetworkSetting: Sendable {
  /// Training patients.
  package let training: TrainingView
  /// Streams, store and options.
  package let context: FitContext
  /// What the network is made of.
  package let configuration: RelationalNetworkConfiguration
  /// Who takes which part.
  let patients: NetworkPatients
  /// Inputs of the branches.
  package let graph: GraphInputs
  /// Labels the losses may see.
  package let labels: LossLabels
  /// Patients to stop by.
  let validation: ValidationPatients

  /// Prepares a fit: preprocessing, graphs, who is kept to stop by.
  ///
  /// - Throws: ``LearningError``; errors of the layers below.
  package init(
    _ method: String, _ training: TrainingView, _ context: FitContext,
    _ configuration: RelationalNetworkConfiguration
  ) throws {
    guard Set(training.labels.filter { $0 >= 0 }).count > 1 else {
      throw LearningError(
        code: .singleClass, location: method, found: "fewer than two labelled classes",
        expected: "labelled training patients of two classes at least")
    }
    self.training = training
    self.context = context
    self.configuration = configuration
    let names = try Self.modalities(method, training, context, configuration)
    let patients = NetworkPatients(
      training, keeping: configuration.stopsEarly ? training.validationRows(context) : [],
      isTransductive: training.isTransductive)
    let key = GraphInputs.Key(
      names: names, isConcatenated: configuration.architecture == .concatenated,
      constants: configuration.inputConstants, preprocessing: context.preprocessing)
    let graph = try context.store.value(key) {
      try patients.inputs(
        training, names: names, options: context.preprocessing, configuration: configuration)
    }
    let labels = LossLabels(
      patients.lossLabels, classCount: training.classCount,
      weighting: configuration.classWeighting)
    let kept = patients.keptRows
    validation = ValidationPatients(
      place: training.isTransductive || kept.isEmpty
        ? .inside(kept) : .outside(graph.extended(to: training.table.selecting(rows: kept))),
      labels: kept.map { training.labels[$0] }, classWeights: labels.classWeights)
    self.patients = patients
    self.graph = graph
    self.labels = labels
  }

  /// Modalities that the architecture uses and that training patients have.
  private static func modalities(
    _ method: String, _ training: TrainingView, _ context: FitContext,
    _ configuration: RelationalNetworkConfiguration
  ) throws -> [String] {
    var names = training.table.modalities.map(\.name)
    if case .modality(let name) = configuration.architecture {
      guard names.contains(name) else {
        throw LearningError(
          code: .unknownModality, location: method, found: names.joined(separator: ", "),
          expected: "a modality called \(name)")
      }
      names = [name]
    }
    let prepared = PreparedPatients.shared(training, context).modalities.modalities
    let usable = names.filter(prepared.contains)
    guard !usable.isEmpty else {
      throw LearningError(
        code: .noUsableModality, location: method, found: names.joined(separator: ", "),
        expected: "a modality that varies among the training patients")
    }
    return usable
  }

  /// Streams of this network: the same for its ablations, so that they differ by what is switched.
  var streams: RandomStreams { context.streams.scoped("relational-network") }

  /// The network with initial weights.
  package var freshNetwork: JointNetwork {
    JointNetwork(
      branches: graph.names.indices.map { freshBranch($0, streams) }, head: freshFusedHead)
  }

  /// The fused head with initial weights.
  var freshFusedHead: AffineMap {
    configuration.freshHead(
      classCount: training.classCount, streams: streams.scoped("init/fused"))
  }

  /// A branch with initial weights.
  func freshBranch(_ m: Int, _ streams: RandomStreams) -> NetworkBranch {
    NetworkBranch(
      gatheredWidth: graph.branches[m].gathered.columnCount, classCount: training.classCount,
      configuration: configuration, streams: streams.scoped("init/branch=\(graph.names[m])"))
  }

  /// The fitted method.
  func fitted(
    _ network: JointNetwork, _ emphasis: NetworkEmphasis, record: FitRecord
  ) -> FittedRelationalNetwork {
    let rows = patients.graphRows
    return FittedRelationalNetwork(
      graph: graph, network: network, emphasis: emphasis, prior: training.classShares,
      graphPatients: rows.map { training.table.patients[$0] },
      predicted: rows.indices.filter { rows[$0] >= training.trainingCount }, record: record)
  }
}
